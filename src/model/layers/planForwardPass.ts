import type { Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { locateError } from '../../common/locateError';
import { keepStates } from './keepStates';
import type { LayerUse, UseGraph } from './listUses';

type Layer = layers.Layer;

/** Computes what was planned; call it inside `tf.tidy`. Layers that remember remember nothing of it. */
export type ForwardPass = (inputs: readonly Tensor[]) => Tensor[];

interface Step extends LayerUse {
  readonly run: NonNullable<LayerUse['run']>;
}

/**
 * Plans the one forward pass that computes some tensors of a model: every use of a layer that they need, once, in order,
 * and no other.
 *
 * `LayersModel.predict` would do the same through a search of the graph and a batch loop at each call, which costs more
 * than the convolutions of a small network; and it caches graphs under the names of their tensors, which two models can
 * share.
 *
 * @param wanted Slots of the graph.
 * @returns Takes a value for each input of the model. What a layer throws is thrown with the layer's path before it.
 */
export function planForwardPass({ steps, inputs }: UseGraph, wanted: readonly number[]): ForwardPass {
  const needed = new Set(wanted);
  const plan: Step[] = [];
  for (const step of [...steps].reverse()) {
    if (!step.outputs.some((slot) => needed.has(slot))) continue;
    for (const slot of step.inputs) needed.add(slot);
    plan.unshift({ ...step, run: step.run ?? chooseRun(step.layer) });
  }

  const withStatesKept = keepStates(plan.map(({ layer }) => layer));
  const run = (values: readonly Tensor[]): Tensor[] => {
    const tensors: (Tensor | undefined)[] = [];
    const masks: (Tensor | null | undefined)[] = [];
    inputs.forEach((slot, index) => {
      tensors[slot] = values[index];
    });
    for (const step of plan) {
      const stepInputs = step.inputs.map((slot) => tensors[slot]!);
      const stepMasks = step.inputs.map((slot) => masks[slot] ?? null);
      const masked = stepMasks.some((mask) => mask !== null);
      const result = runStep(step, stepInputs, masked ? { mask: stepMasks[0] } : {});
      const results = Array.isArray(result) ? result : [result];
      const mask = step.layer.supportsMasking
        ? step.layer.computeMask(stepInputs, stepMasks as Tensor[])
        : null;
      step.outputs.forEach((slot, index) => {
        tensors[slot] = results[index];
        masks[slot] = Array.isArray(mask) ? mask[0] : mask;
      });
    }
    return wanted.map((slot) => tensors[slot]!);
  };
  return (values) => withStatesKept(() => run(values));
}

/** An error of a layer, or of the kernel that it calls, says which layer it was. */
function runStep(step: Step, inputs: Tensor[], options: Record<string, unknown>): Tensor | Tensor[] {
  try {
    return step.run(inputs, options);
  } catch (error) {
    throw locateError('layer', step.path, error);
  }
}

/** `call` computes; `apply` checks first what was checked when the model was built. Layers with an `apply` of their own keep it. */
function chooseRun(layer: Layer): Step['run'] {
  if (layer.apply === layers.Layer.prototype.apply) return (inputs, options) => layer.call(inputs, options);
  return (inputs, options) => layer.apply(inputs, options) as Tensor | Tensor[];
}
