import type { AxisReads } from './axisReads';
import type { ReceptiveFieldPlan } from './planReceptiveField';

/** Pixels of the input image: all of `rows` in all of `columns`, both ascending. */
interface Patch {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/**
 * The pixels of the input image that a value depends on: those of all patches together. A chain of windows makes one
 * patch, with holes where dilation leaves them; branches of a network may make several.
 */
export interface ReceptiveField {
  readonly patches: readonly Patch[];
  /** False where a layer on the way is not known, and is taken to read all of its input. */
  readonly exact: boolean;
}

/**
 * Finds the receptive field of one value of a layer, by going back through the windows of all layers in between. What
 * lies in the padding is not part of it.
 *
 * @param layerName A layer of the model that the plan was made of.
 * @param row Of the layer's output, from 0; 0 where the output is no image.
 * @param column The same.
 */
export function traceReceptiveField(
  { uses, useOf }: ReceptiveFieldPlan,
  layerName: string,
  row: number,
  column: number,
): ReceptiveField {
  const start = useOf.get(layerName) ?? -1;
  const image: Patch[] = [];
  if (start < 0) return { patches: [{ rows: [row], columns: [column] }], exact: true };

  const fields: Patch[][] = uses.map(() => []);
  // A number of a vector stands for no place; it is known what it reads where that is everything.
  const isPlace = uses[start]!.isImage;
  fields[start]!.push(isPlace ? { rows: [row], columns: [column] } : { rows: [0], columns: [0] });
  let exact = isPlace;
  for (let use = start; use >= 0; use--) {
    for (const { rows, columns } of fields[use]!) {
      for (const input of uses[use]!.inputs) {
        exact &&= input.exact;
        const patch = { rows: readAt(input.rows, rows), columns: readAt(input.columns, columns) };
        addPatch(input.from < 0 ? image : fields[input.from]!, patch);
      }
    }
  }
  return { patches: image, exact };
}

/** Everything that is read for some indexes, ascending. */
function readAt(reads: AxisReads, indexes: readonly number[]): number[] {
  const found = new Set<number>();
  for (const index of indexes) for (const read of reads[index]!) found.add(read);
  return [...found].sort((one, other) => one - other);
}

/** Adds a patch unless another one has all of it, and takes away those of which it has all. */
function addPatch(patches: Patch[], patch: Patch): void {
  if (patch.rows.length === 0 || patch.columns.length === 0) return;
  if (patches.some((other) => contains(other, patch))) return;
  const kept = patches.filter((other) => !contains(patch, other));
  patches.splice(0, patches.length, ...kept, patch);
}

function contains(outer: Patch, inner: Patch): boolean {
  return (
    inner.rows.every((row) => outer.rows.includes(row)) &&
    inner.columns.every((column) => outer.columns.includes(column))
  );
}
