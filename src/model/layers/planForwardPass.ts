import { dispose, keep, stack, type Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { locateError } from '../../common/locateError';
import { explainFailure } from './explainFailure';
import { keepStates } from './keepStates';
import type { LayerUse, UseGraph, WrappedPart } from './listUses';

type Layer = layers.Layer;

type Run = NonNullable<LayerUse['run']>;

/** Computes what was planned; call it inside `tf.tidy`. Layers that remember remember nothing of it. */
export type ForwardPass = (inputs: readonly Tensor[]) => Tensor[];

/** The same inside of a layer that runs others, which hands on what its own `call` was given. */
type Pass = (inputs: readonly Tensor[], options: CallOptions) => Tensor[];
type CallOptions = Readonly<Record<string, unknown>> & { readonly mask?: Tensor | null };

interface Step extends LayerUse {
  readonly run: Run;
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
export function planForwardPass(graph: UseGraph, wanted: readonly number[]): ForwardPass {
  const { plan, pass } = planPass(graph, wanted);
  const withStatesKept = keepStates(plan.map(({ layer }) => layer));
  return (inputs) => withStatesKept(() => pass(inputs, {}));
}

function planPass(
  { steps, inputs }: UseGraph,
  wanted: readonly number[],
): { readonly plan: readonly Step[]; readonly pass: Pass } {
  const needed = new Set(wanted);
  const plan: Step[] = [];
  for (const step of [...steps].reverse()) {
    const inside = slotsInside(step).filter((slot) => needed.has(slot));
    if (inside.length === 0 && !step.outputs.some((slot) => needed.has(slot))) continue;
    for (const slot of step.inputs) needed.add(slot);
    const run = inside.length > 0 ? runAndRecord(step, inside) : (step.run ?? chooseRun(step, step.layer));
    plan.push({ ...step, outputs: [...step.outputs, ...inside], run });
  }
  plan.reverse();

  const pass: Pass = (values, { mask: itsMask, ...options }) => {
    const tensors: (Tensor | undefined)[] = [];
    const masks: (Tensor | null | undefined)[] = [];
    inputs.forEach((slot, index) => {
      tensors[slot] = values[index];
      masks[slot] = itsMask;
    });
    for (const step of plan) {
      const stepInputs = step.inputs.map((slot) => tensors[slot]!);
      const stepMasks = step.inputs.map((slot) => masks[slot] ?? null);
      const masked = stepMasks.some((mask) => mask !== null);
      const callOptions = masked ? { ...options, mask: stepMasks[0] } : { ...options };
      const result = runStep(step, stepInputs, callOptions);
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
  return { plan, pass };
}

/** An error of a layer, or of the kernel that it calls, says which layer it was. */
function runStep(step: Step, inputs: Tensor[], options: Record<string, unknown>): Tensor | Tensor[] {
  try {
    return step.run(inputs, options);
  } catch (error) {
    throw locateError('layer', step.path, error, explainFailure(error, step.layer, inputs));
  }
}

/**
 * `call` computes; `apply` checks first what was checked when the model was built. Layers with an `apply` of their own keep it,
 * unless another layer runs them, which does without it: theirs may not be marked as built, and would be built anew.
 *
 * @param layer That of the use, or one that stands in its place.
 */
function chooseRun({ wrapper }: LayerUse, layer: Layer): Run {
  if (wrapper || layer.apply === layers.Layer.prototype.apply)
    return (inputs, options) => layer.call(inputs, options);
  return (inputs, options) => layer.apply(inputs, options) as Tensor | Tensor[];
}

/** The slots that are filled by what a layer runs. */
function slotsInside({ parts = [] }: LayerUse): number[] {
  return parts.flatMap(slotsOf);
}

function slotsOf({ isTimed, graph }: WrappedPart): number[] {
  const own = graph.steps.flatMap((step) => [...step.outputs, ...slotsInside(step)]);
  return isTimed ? [...graph.inputs, ...own] : own;
}

/**
 * Has a layer that runs others do its work as ever, and takes down what flows inside of it.
 *
 * @param inside The slots that are wanted of it; they come behind what the layer puts out.
 */
function runAndRecord(step: LayerUse, inside: readonly number[]): Run {
  const wanted = new Set(inside);
  const parts = step.parts!.map((part) => {
    const slots = slotsOf(part).filter((slot) => wanted.has(slot));
    const { pass } = planPass(part.graph, [...part.graph.outputs, ...slots]);
    return { ...part, slots, pass };
  });
  return (inputs, options) => {
    const taken = new Map(inside.map((slot) => [slot, [] as Tensor[]]));
    const stands = parts.map(({ property, inner, graph, slots, pass }) => {
      const call = (given: Tensor | Tensor[], itsOptions: CallOptions) => {
        const values = pass([given].flat(), itsOptions);
        const outputs = values.splice(0, graph.outputs.length);
        // Kept, since the layer tidies up behind each step.
        for (const [index, slot] of slots.entries()) taken.get(slot)!.push(keep(values[index]!.clone()));
        return outputs.length === 1 ? outputs[0] : outputs;
      };
      return [property, { value: Object.create(inner, { call: { value: call } }) }] as const;
    });
    try {
      const layer = Object.create(step.layer, Object.fromEntries(stands)) as Layer;
      const result = chooseRun(step, layer)(inputs, options);
      const recorded = parts.flatMap(({ slots, isTimed }) =>
        slots.map((slot) => {
          const values = taken.get(slot)!;
          return [slot, isTimed ? stack(values, 1) : values[0]!.clone()] as const;
        }),
      );
      const filled = new Map(recorded);
      return [result, inside.map((slot) => filled.get(slot)!)].flat();
    } finally {
      dispose([...taken.values()].flat());
    }
  };
}
