import type { Tensor } from '@tensorflow/tfjs-core';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** Computes the outputs that were planned; call it inside `tf.tidy`. */
export type ForwardPass = (inputs: readonly Tensor[]) => Tensor[];

/** One use of one layer. Slots number the tensors of the graph. */
interface Step {
  readonly layer: Layer;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly run: (inputs: Tensor[], options: Record<string, unknown>) => Tensor | Tensor[];
}

/**
 * Plans the one forward pass that computes all of `outputs`: every layer that they need, once, in order, and no other.
 *
 * `LayersModel.predict` would do the same through a search of the graph and a batch loop at each call, which costs more
 * than the convolutions of a small network; and it caches graphs under the names of their tensors, which two models can
 * share.
 *
 * @param inputs The tensors that the pass is given values for.
 */
export function planForwardPass(
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
): ForwardPass {
  const slots = new Map<number, number>(inputs.map((tensor, slot) => [tensor.id, slot]));
  const slotOf = (tensor: SymbolicTensor): number => {
    const slot = slots.get(tensor.id) ?? slots.size;
    slots.set(tensor.id, slot);
    return slot;
  };
  const steps = sortNodes(inputs, outputs).map((node): Step => {
    const layer = node.outboundLayer;
    return {
      layer,
      inputs: node.inputTensors.map(slotOf),
      outputs: node.outputTensors.map(slotOf),
      run: chooseRun(layer),
    };
  });
  const fetched = outputs.map(slotOf);

  return (values) => {
    const tensors: (Tensor | undefined)[] = [...values];
    const masks: (Tensor | null | undefined)[] = [];
    for (const step of steps) {
      const stepInputs = step.inputs.map((slot) => tensors[slot]!);
      const stepMasks = step.inputs.map((slot) => masks[slot] ?? null);
      const masked = stepMasks.some((mask) => mask !== null);
      const result = step.run(stepInputs, masked ? { mask: stepMasks[0] } : {});
      const results = Array.isArray(result) ? result : [result];
      const mask = step.layer.supportsMasking
        ? step.layer.computeMask(stepInputs, stepMasks as Tensor[])
        : null;
      step.outputs.forEach((slot, index) => {
        tensors[slot] = results[index];
        masks[slot] = Array.isArray(mask) ? mask[0] : mask;
      });
    }
    return fetched.map((slot) => tensors[slot]!);
  };
}

export type Node = Layer['inboundNodes'][number];

/** The nodes between inputs and outputs, each after those that it needs. */
export function sortNodes(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[]): Node[] {
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
export function nodeOf(tensor: SymbolicTensor): Node {
  return tensor.sourceLayer.inboundNodes[tensor.nodeIndex]!;
}

/** `call` computes; `apply` checks first what was checked when the model was built. Layers with an `apply` of their own keep it. */
function chooseRun(layer: Layer): Step['run'] {
  if (layer.apply === layers.Layer.prototype.apply) return (inputs, options) => layer.call(inputs, options);
  return (inputs, options) => layer.apply(inputs, options) as Tensor | Tensor[];
}
