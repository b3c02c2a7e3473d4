import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type WrappedLayer, wrappedLayers } from './wrappedLayers';

type Layer = layers.Layer;
type Node = Layer['inboundNodes'][number];
type Shape = readonly (number | null)[];

/** A model, seen as what it is made of: a layer itself, where it stands in another model. */
type Container = Pick<LayersModel, 'name' | 'layers' | 'inputs' | 'outputs'>;

/** One use of one layer. Slots number the tensors that flow between the uses. */
export interface LayerUse {
  /**
   * `'conv1'`; `'backbone/conv1'` inside a model inside the model, or inside a layer that runs others; `'conv1:1'` for the
   * second use of a shared layer.
   */
  readonly path: string;
  readonly layer: Layer;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Of its first output, `null` for what is open. */
  readonly shape: Shape;
  /** Whether it computes something: an input does not, and a model inside the model does so through its layers. */
  readonly isStep: boolean;
  /** What it does, where that is not what its layer does. */
  readonly run?: (inputs: Tensor[], options: Record<string, unknown>) => Tensor | Tensor[];
  /** Of a layer that runs others, those. */
  readonly parts?: readonly WrappedPart[];
  /** The layer that runs this one, if one does. */
  readonly wrapper?: Layer;
}

/** A layer that another one runs, as a graph of its own. */
export interface WrappedPart extends WrappedLayer {
  /**
   * Where the layer is run for each time step, the slots stand for what flows in all steps, `[batch, time, …]`, and that of
   * the input is none of the graph around it.
   */
  readonly graph: UseGraph;
}

/** A model as uses of layers that read each other, models inside it taken apart. */
export interface UseGraph {
  /** As the model lists its layers; those inside of a layer, if that is a model or runs others, after that one. */
  readonly uses: readonly LayerUse[];
  /** The uses that compute, each after those that it reads; those that a layer runs are in its parts. */
  readonly steps: readonly LayerUse[];
  /** The slots of the model's inputs and outputs. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** A layer where it is used. */
type Place = Pick<LayerUse, 'path' | 'layer' | 'inputs' | 'wrapper'>;

/** A use, those inside of it behind it; and what of these computes. */
type Found = Pick<UseGraph, 'uses' | 'steps' | 'outputs'>;

/** Turns a shape in a layer that is run for each time step into that of all steps. */
type ToShape = (shape: Shape) => Shape;

/**
 * Takes a model apart into the uses of its layers, through all models inside it and all layers that run others.
 *
 * A layer that is used several times has a use each; those on no way from the inputs to the outputs have none.
 */
export function listUses(model: Container): UseGraph {
  let slots = 0;
  const takeSlot = () => slots++;

  function expand(container: Container, inputs: readonly number[], prefix: string, toShape: ToShape): Found {
    const steps: LayerUse[] = [];
    const slotOf = new Map<number, number>();
    container.inputs.forEach((tensor, index) => {
      slotOf.set(tensor.id, inputs[index]!);
    });
    const nodes = sortNodes(container.inputs, container.outputs);
    const pathOf = namePaths(container.layers, new Set([...nodes, ...container.inputs.map(nodeOf)]), prefix);
    const usesOf = new Map<Node, readonly LayerUse[]>();
    for (const node of nodes) {
      const from = node.inputTensors.map((tensor) => slotOf.get(tensor.id)!);
      const place = { path: pathOf.get(node)!, layer: node.outboundLayer, inputs: from };
      const [given] = node.inputTensors.map(({ shape }) => shape);
      const made = node.outputTensors.map(({ shape }) => shape);
      const found = follow(place, given!, made, toShape);
      node.outputTensors.forEach((tensor, index) => {
        slotOf.set(tensor.id, found.outputs[index]!);
      });
      steps.push(...found.steps);
      usesOf.set(node, found.uses);
    }
    for (const tensor of container.inputs) {
      const node = nodeOf(tensor);
      const [path, outputs] = [pathOf.get(node), [slotOf.get(tensor.id)!]];
      if (path === undefined) continue; // A sequential model does not list its input.
      const shape = toShape(tensor.shape);
      usesOf.set(node, [{ path, layer: tensor.sourceLayer, inputs: [], outputs, shape, isStep: false }]);
    }
    const uses = [...pathOf.keys()].flatMap((node) => usesOf.get(node) ?? []);
    return { uses, steps, outputs: container.outputs.map((tensor) => slotOf.get(tensor.id)!) };
  }

  function follow(place: Place, given: Shape, made: readonly Shape[], toShape: ToShape): Found {
    const { path, layer, inputs } = place;
    const shape = toShape(made[0]!);
    if (isContainer(layer)) {
      const { uses, steps, outputs } = expand(layer, inputs, `${path}/`, toShape);
      return { uses: [{ ...place, outputs, shape, isStep: false }, ...uses], steps, outputs };
    }
    const parts = wrappedLayers(layer).map((wrapped) => ({
      ...wrapped,
      graph: followInside(place, wrapped, given, toShape),
    }));
    const outputs = made.map(takeSlot);
    const use = { ...place, outputs, shape, isStep: true, ...(parts.length > 0 && { parts }) };
    return { uses: [use, ...parts.flatMap(({ graph }) => graph.uses)], steps: [use], outputs };
  }

  function followInside(
    { path, layer: wrapper, inputs: [from] }: Place,
    { inner, isTimed }: WrappedLayer,
    given: Shape,
    toShape: ToShape,
  ): UseGraph {
    const [batch, time, ...rest] = given as [null, null, ...Shape];
    const input = isTimed ? takeSlot() : from!;
    const itsGiven = isTimed ? [batch, ...rest] : given;
    const toItsShape: ToShape = isTimed ? ([, ...sizes]) => toShape([batch, time, ...sizes]) : toShape;
    const place = { path: `${path}/${inner.name}`, layer: inner, inputs: [input], wrapper };
    const made = inner.computeOutputShape([...itsGiven]);
    const itsMade = (Array.isArray(made[0]) ? made : [made]) as Shape[];
    return { ...follow(place, itsGiven, itsMade, toItsShape), inputs: [input] };
  }

  const inputs = model.inputs.map(takeSlot);
  return { ...expand(model, inputs, '', (shape) => shape), inputs };
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
