import { quote } from '../../common/quote';
import { readAxis } from './axisReads';
import type { ReceptiveFieldPlan } from './planReceptiveField';

/** Pixels of the input image: all of `rows` in all of `columns`, both ascending. */
export interface Patch {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/**
 * The pixels of the input image that a value depends on: those of all patches together. A chain of windows makes one
 * patch, with holes where dilation leaves them; branches of a network may make several.
 */
export interface ReceptiveField {
  readonly patches: readonly Patch[];
  /** False where the value may depend on fewer: where it is not known what a layer on the way reads. */
  readonly exact: boolean;
}

/**
 * Finds the receptive field of one value of a layer, by going back through the windows of all layers in between. What
 * lies in the padding is not part of it; all of a window that is pooled is, whichever value was the largest.
 *
 * @param layerName A layer of the model that the plan was made of.
 * @param row Of the layer's output, from 0; of no meaning where the output is no image.
 * @param column The same.
 * @throws RangeError if no such layer leads to the model's outputs, or the place is outside of its output.
 */
export function traceReceptiveField(
  { uses, useOf }: ReceptiveFieldPlan,
  layerName: string,
  row: number,
  column: number,
): ReceptiveField {
  const start = useOf.get(layerName);
  if (start === undefined) {
    throw new RangeError(
      `layerName: expected a layer on the way to the model's outputs, got ${quote(layerName)}`,
    );
  }
  const { size, rank, isMixed } = uses[start]!;
  const place = rank === 4 ? [row, column] : [0, 0];
  if (place.some((index, axis) => !(index >= 0 && index < size[axis]! && Number.isInteger(index)))) {
    throw new RangeError(`row, column: expected a place in ${size.join(' × ')}, got ${place}`);
  }
  const fields: Patch[][] = uses.map(() => []);
  fields[start]!.push({ rows: place.slice(0, 1), columns: place.slice(1) });
  let exact = !isMixed;
  for (let use = start; use > 0; use--) {
    for (const patch of fields[use]!) {
      for (const input of uses[use]!.inputs) {
        exact &&= input.exact;
        addPatch(fields[input.from]!, {
          rows: readAxis(input.rows, patch.rows),
          columns: readAxis(input.columns, patch.columns),
        });
      }
    }
  }
  return { patches: fields[0]!, exact };
}

/** Adds a patch unless another one has all of it, and takes away those of which it has all. */
export function addPatch(patches: Patch[], patch: Patch): void {
  if (patch.rows.length === 0 || patch.columns.length === 0) return;
  if (patches.some((other) => contains(other, patch))) return;
  const kept = patches.filter((other) => !contains(patch, other));
  patches.splice(0, patches.length, ...kept, patch);
}

function contains(outer: Patch, inner: Patch): boolean {
  return hasAll(outer.rows, inner.rows) && hasAll(outer.columns, inner.columns);
}

/** Whether one ascending list has all numbers of another. */
function hasAll(list: readonly number[], others: readonly number[]): boolean {
  let at = 0;
  return others.every((other) => {
    while (list[at]! < other) at++;
    return list[at] === other;
  });
}
