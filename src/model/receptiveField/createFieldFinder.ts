import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createChainTracer } from './createChainTracer';
import { planReceptiveField } from './planReceptiveField';
import type { ReceptiveField } from './traceReceptiveField';

/** Height and width, in pixels of the image, of what the value in the middle of a layer's output depends on. */
export type FindFieldSize = (
  path: string,
  shape: readonly (number | null)[],
) => readonly [height: number, width: number] | undefined;

/**
 * Prepares to say how large the receptive fields of a model's layers are.
 *
 * @returns A function that says `undefined` where the model does not take one image of a fixed size, or where a layer on the
 * way is not known.
 */
export function createFieldFinder(model: LayersModel): FindFieldSize {
  const [, height, width] = model.inputs[0]!.shape;
  const isImage = model.inputs.length === 1 && model.inputs[0]!.shape.length === 4;
  const plan = isImage && height && width ? planReceptiveField(model, [height, width]) : undefined;
  const trace = plan && createChainTracer(plan);
  return (path, shape) => {
    if (!trace) return undefined;
    const [rows, columns] = shape.length === 4 ? [shape[1]!, shape[2]!] : [1, 1];
    return measureField(trace(path, rows >> 1, columns >> 1));
  };
}

/** Height and width of a receptive field; nothing where it is not known exactly. */
export function measureField({ patches, exact }: ReceptiveField): readonly [number, number] | undefined {
  if (!exact || patches.length === 0) return undefined;
  return [spanOf(patches.map((patch) => patch.rows)), spanOf(patches.map((patch) => patch.columns))];
}

/** How far it is from the first to the last of some ascending numbers. */
function spanOf(lists: readonly (readonly number[])[]): number {
  const first = Math.min(...lists.map((list) => list[0]!));
  const last = Math.max(...lists.map((list) => list.at(-1)!));
  return last - first + 1;
}
