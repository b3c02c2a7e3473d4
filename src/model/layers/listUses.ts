import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;
type Node = Layer['inboundNodes'][number];

/** A model, seen as what it is made of: a layer itself, where it stands in another model. */
type Container = Pick<LayersModel, 'name' | 'layers' | 'inputs' | 'outputs'>;

/** One use of one layer. Slots number the tensors that flow between the uses. */
export interface LayerUse {
  /** `'conv1'`; `'backbone/conv1'` inside a model inside the model; `'conv1:1'` for the second use of a shared layer. */
  readonly path: string;
  readonly layer: Layer;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Of its first output, `null` for what is open. */
  readonly shape: readonly (number | null)[];
  /** Whether it computes something: an input does not, and a model inside the model does so through its layers. */
  readonly isStep: boolean;
  /** What it does, where that is not what its layer does. */
  readonly run?: (inputs: Tensor[], options: Record<string, unknown>) => Tensor | Tensor[];
}

/** A model as uses of layers that read each other, models inside it taken apart. */
export interface UseGraph {
  /** As the model lists its layers; the layers of a model inside it after that one. */
  readonly uses: readonly LayerUse[];
  /** The uses that compute, each after those that it reads. */
  readonly steps: readonly LayerUse[];
  /** The slots of the model's inputs and outputs. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * Takes a model apart into the uses of its layers, through all models inside it.
 *
 * A layer that is used several times has a use each; those on no way from the inputs to the outputs have none.
 */
export function listUses(model: Container): UseGraph {
  let slots = 0;
  const steps: LayerUse[] = [];

  function expand(container: Container, inputs: readonly number[], prefix: string) {
    const slotOf = new Map<number, number>();
    container.inputs.forEach((tensor, index) => {
      slotOf.set(tensor.id, inputs[index]!);
    });
    const nodes = sortNodes(container.inputs, container.outputs);
    const pathOf = namePaths(container.layers, new Set([...nodes, ...container.inputs.map(nodeOf)]), prefix);
    const usesOf = new Map<Node, LayerUse[]>();
    for (const node of nodes) {
      const layer = node.outboundLayer;
      const path = pathOf.get(node)!;
      const from = node.inputTensors.map((tensor) => slotOf.get(tensor.id)!);
      const inner = isContainer(layer) ? expand(layer, from, `${path}/`) : undefined;
      const outputs = inner ? inner.outputs : node.outputTensors.map(() => slots++);
      node.outputTensors.forEach((tensor, index) => {
        slotOf.set(tensor.id, outputs[index]!);
      });
      const { shape } = node.outputTensors[0]!;
      const use = { path, layer, inputs: from, outputs, shape, isStep: inner === undefined };
      if (use.isStep) steps.push(use);
      usesOf.set(node, [use, ...(inner?.uses ?? [])]);
    }
    for (const tensor of container.inputs) {
      const node = nodeOf(tensor);
      const [path, outputs] = [pathOf.get(node), [slotOf.get(tensor.id)!]];
      if (path === undefined) continue; // A sequential model does not list its input.
      usesOf.set(node, [
        { path, layer: tensor.sourceLayer, inputs: [], outputs, shape: tensor.shape, isStep: false },
      ]);
    }
    const uses = [...pathOf.keys()].flatMap((node) => usesOf.get(node) ?? []);
    return { uses, outputs: container.outputs.map((tensor) => slotOf.get(tensor.id)!) };
  }

  const inputs = model.inputs.map(() => slots++);
  return { ...expand(model, inputs, ''), inputs, steps };
}

/**
 * The path of each use of each layer, as the model lists its layers.
 *
 * A model that a sequential one begins with is not used in it: its layers are, as if they were the sequential one's own.
 */
function namePaths(layers: readonly Layer[], nodes: ReadonlySet<Node>, prefix: string): Map<Node, string> {
  const paths = new Map<Node, string>();
  for (const layer of layers) {
    const used = layer.inboundNodes.filter((node) => nodes.has(node));
    used.forEach((node, use) => {
      paths.set(node, `${prefix}${layer.name}${use > 0 ? `:${use}` : ''}`);
    });
    if (used.length > 0 || !isContainer(layer)) continue;
    for (const [node, path] of namePaths(layer.layers, nodes, `${prefix}${layer.name}/`))
      paths.set(node, path);
  }
  return paths;
}

function isContainer(layer: Layer): layer is Layer & Container {
  return 'layers' in layer && Array.isArray(layer.layers) && 'inputs' in layer && 'outputs' in layer;
}

/** The nodes between inputs and outputs, each after those that it needs. */
function sortNodes(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[]): Node[] {
  const given = new Set(inputs.map((tensor) => tensor.id));
  const sorted: Node[] = [];
  const seen = new Set<Node>();
  // A stack of our own: a network of some thousand layers would overflow the engine's.
  const stack: { tensor: SymbolicTensor; leave: boolean }[] = [];
  for (const tensor of [...outputs].reverse()) stack.push({ tensor, leave: false });
  while (stack.length > 0) {
    const { tensor, leave } = stack.pop()!;
    const node = nodeOf(tensor);
    if (leave) {
      sorted.push(node);
      continue;
    }
    if (given.has(tensor.id) || seen.has(node)) continue;
    seen.add(node);
    stack.push({ tensor, leave: true });
    for (const input of [...node.inputTensors].reverse()) stack.push({ tensor: input, leave: false });
  }
  return sorted;
}

/** The use of a layer that a symbolic tensor came out of. */
function nodeOf(tensor: SymbolicTensor): Node {
  return tensor.sourceLayer.inboundNodes[tensor.nodeIndex]!;
}
