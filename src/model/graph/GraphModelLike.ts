import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import { requireRaw } from '../../common/requireRaw';

/** What this library uses of the `GraphModel` of `@tensorflow/tfjs-converter`, which an app need not have. */
export interface GraphModelLike {
  /** The names of what it takes, and of each the node, its shape with -1 for what is open, and its type. */
  readonly inputNodes: readonly string[];
  readonly inputs: readonly {
    readonly name: string;
    readonly shape?: readonly number[] | undefined;
    readonly dtype?: string | undefined;
  }[];
  /** The names of what it puts out: nodes, and behind a colon their outputs. */
  readonly outputs?: readonly { readonly name: string }[];
  readonly weights: Readonly<Record<string, readonly Tensor[]>>;
  execute(inputs: NamedTensorMap, outputs: string[]): Tensor | Tensor[];
  executeAsync(inputs: NamedTensorMap, outputs: string[]): Promise<Tensor | Tensor[]>;
  /** What a run has kept of all nodes, their outputs in order, where it was told to. */
  getIntermediateTensors?(): Readonly<Record<string, readonly Tensor[]>>;
  disposeIntermediateTensors?(): void;
}

/** Whether something is a graph model, recognised by what it has: an app may hold two copies of the converter. */
export function isGraphModel(value: unknown): value is GraphModelLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'inputNodes' in value &&
    'execute' in value &&
    typeof value.execute === 'function' &&
    !('layers' in value)
  );
}

/** @throws TypeError if the model takes nothing or is a proxy of Vue; Error if it has been disposed. */
export function requireLiveGraph(model: GraphModelLike): void {
  requireRaw('model', model);
  const { inputs, weights } = model;
  if (inputs.length === 0) throw new TypeError('model: expected a graph with inputs, got one without');
  if (Object.values(weights).some((list) => list.some((weight) => weight?.isDisposed))) {
    throw new Error('model: expected a live model, got one that has been disposed');
  }
}

/**
 * The shape of an input, `null` for what is open.
 *
 * A graph may say nothing of it, not even how many sizes there are; an image is then expected.
 */
export function openShape(shape: readonly number[] | undefined): (number | null)[] {
  return shape ? shape.map((size) => (size < 0 ? null : size)) : [null, null, null, null];
}
