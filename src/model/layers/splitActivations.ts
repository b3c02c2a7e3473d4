import type { Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerUse, UseGraph } from './listUses';

type Layer = layers.Layer;
type Run = NonNullable<LayerUse['run']>;

interface ActivationFunction {
  apply(values: Tensor): Tensor;
  getClassName(): string;
}

/** Layers whose activation function is the last thing that they do. */
const FUSED = /^(Conv\dD(Transpose)?|DepthwiseConv2D|SeparableConv2D|Dense)$/;

interface SplitGraph {
  readonly graph: UseGraph;
  /** For each use that has an activation function: the slot of what goes into it, and the function's name. */
  readonly before: ReadonlyMap<LayerUse, { readonly slot: number; readonly name: string }>;
}

/**
 * Has some uses of layers compute what goes into their activation function beside what comes out of it.
 *
 * @param chosen Those that are asked for; layers without an activation function, or with the linear one, stay as they are.
 */
export function splitActivations(graph: UseGraph, chosen: readonly LayerUse[]): SplitGraph {
  let slots = 1 + lastSlot(graph);
  const before = new Map<LayerUse, { slot: number; name: string }>();
  /** What another layer runs for each time step has its values at the same place of each. */
  const split = (use: LayerUse): { slot: number; name: string } | undefined => {
    const [part] = use.parts?.filter(({ isTimed }) => isTimed) ?? [];
    const name = functionOf(use.layer)?.getClassName();
    const isSplit = name !== undefined && name !== 'linear';
    const own = before.get(use) ?? (isSplit ? { slot: slots++, name } : undefined);
    const found = part ? split(part.graph.uses[0]!) : own;
    if (found) before.set(use, found);
    return found;
  };
  for (const use of chosen) split(use);

  const splitSteps = (steps: readonly LayerUse[]): LayerUse[] =>
    steps.map((use) => {
      if (use.parts) {
        const parts = use.parts.map((part) => ({
          ...part,
          graph: { ...part.graph, steps: splitSteps(part.graph.steps) },
        }));
        return { ...use, parts };
      }
      const slot = before.get(use)?.slot;
      return slot === undefined ? use : { ...use, outputs: [...use.outputs, slot], run: runInTwo(use.layer) };
    });
  return { graph: { ...graph, steps: splitSteps(graph.steps) }, before };
}

function lastSlot({ inputs, steps }: UseGraph): number {
  const inside = steps.flatMap(({ parts = [] }) => parts.map(({ graph }) => lastSlot(graph)));
  const slots = [...inputs, ...steps.flatMap(({ outputs }) => outputs), ...inside];
  // Not as arguments of `Math.max`, of which there may be too many.
  return slots.reduce((last, slot) => Math.max(last, slot), 0);
}

function functionOf(layer: Layer): ActivationFunction | undefined {
  if (!FUSED.test(layer.getClassName())) return undefined;
  return (layer as Layer & { activation?: ActivationFunction }).activation;
}

/** The layer without its activation function, with the same weights, and then the function. */
function runInTwo(layer: Layer): Run {
  const activation = functionOf(layer)!;
  const { activation: linear } = layers.activation({ activation: 'linear' }) as Layer & {
    activation: ActivationFunction;
  };
  const bare = Object.create(layer, { activation: { value: linear } }) as Layer;
  return (inputs, options) => {
    const values = bare.call(inputs, options) as Tensor;
    return [activation.apply(values), values];
  };
}
