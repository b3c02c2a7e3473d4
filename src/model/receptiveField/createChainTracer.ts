import { readAxis } from './axisReads';
import type { ReceptiveFieldPlan } from './planReceptiveField';
import { type ReceptiveField, traceReceptiveField } from './traceReceptiveField';

/**
 * Prepares to find the receptive fields of many layers of one network, as `traceReceptiveField` does for one.
 *
 * In a chain, what is read of a layer has soon been read before, on the way from another layer: all of it, most often. The
 * rest of the way is then the same, so that it takes a time in proportion to the layers, and not to their square.
 */
export function createChainTracer(
  plan: ReceptiveFieldPlan,
): (layerName: string, row: number, column: number) => ReceptiveField {
  const { uses, useOf } = plan;
  const known = new Map<string, ReceptiveField>();
  return (layerName, row, column) => {
    const start = useOf.get(layerName);
    if (start === undefined || isUnnamed(uses[start]!))
      return traceReceptiveField(plan, layerName, row, column);
    let rows: readonly number[] = [row];
    let columns: readonly number[] = [column];
    const passed: { readonly key: string; readonly exact: boolean }[] = [];
    let field: ReceptiveField | undefined;
    for (let use = start; ; ) {
      const key = `${use}: ${rows.join()} x ${columns.join()}`;
      field = known.get(key);
      if (field) break;
      const { inputs } = uses[use]!;
      if (use === 0 || rows.length === 0 || columns.length === 0) {
        field = { patches: rows.length > 0 && columns.length > 0 ? [{ rows, columns }] : [], exact: true };
        break;
      }
      const [input, another] = inputs;
      if (!input || another) return traceReceptiveField(plan, layerName, row, column);
      passed.push({ key, exact: input.exact });
      [rows, columns] = [readAxis(input.rows, rows), readAxis(input.columns, columns)];
      use = input.from;
    }
    for (const { key, exact } of passed.reverse()) {
      field = { patches: field!.patches, exact: exact && field!.exact };
      known.set(key, field);
    }
    const { patches, exact } = field!;
    return { patches, exact: exact && !uses[start]!.isMixed };
  };
}

/** Whether there are several places that are not named by row and column. */
function isUnnamed({ rank, size: [height, width] }: ReceptiveFieldPlan['uses'][number]): boolean {
  return rank !== 4 && (height > 1 || width > 1);
}
