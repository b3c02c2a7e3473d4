import { readAxis } from './axisReads';
import type { ReceptiveFieldPlan } from './planReceptiveField';
import { addPatch, type Patch, type ReceptiveField, traceReceptiveField } from './traceReceptiveField';

/** What is still to be gone back from: uses, ascending, and of each the patches of its output that are read. */
interface Front {
  readonly order: number[];
  readonly patches: Map<number, Patch[]>;
}

/** Uses on a front that is kept in mind; where branches are as many as layers, what is kept would be their square. */
const MOST_KNOWN = 8;

/**
 * Prepares to find the receptive fields of many layers of one network, as `traceReceptiveField` does for one.
 *
 * What is read of some layers, on the way from another layer, has soon been read before: all of them, most often. The rest of
 * the way is then the same, so that it takes a time in proportion to the layers, and not to their square.
 */
export function createChainTracer(
  plan: ReceptiveFieldPlan,
): (layerName: string, row: number, column: number) => ReceptiveField {
  const { uses, useOf } = plan;
  const known = new Map<string, ReceptiveField>();
  return (layerName, row, column) => {
    const start = useOf.get(layerName);
    if (start === undefined) return traceReceptiveField(plan, layerName, row, column);
    const front: Front = { order: [], patches: new Map() };
    add(front, start, { rows: [row], columns: [column] });
    const passed: { readonly key: string | undefined; readonly exact: boolean }[] = [];
    let field: ReceptiveField | undefined;
    while (!field) {
      const key = front.order.length <= MOST_KNOWN ? describe(front) : undefined;
      field = key === undefined ? undefined : known.get(key);
      if (field) break;
      if ((front.order.at(-1) ?? 0) === 0) {
        field = { patches: front.patches.get(0) ?? [], exact: true };
        break;
      }
      const use = front.order.pop()!;
      const patches = front.patches.get(use)!;
      front.patches.delete(use);
      const { inputs } = uses[use]!;
      passed.push({ key, exact: inputs.every(({ exact }) => exact) });
      for (const patch of patches) {
        for (const { rows, columns, from } of inputs) {
          add(front, from, {
            rows: readAxis(rows, patch.rows),
            columns: readAxis(columns, patch.columns),
          });
        }
      }
    }
    for (const { key, exact } of passed.reverse()) {
      field = { patches: field.patches, exact: exact && field.exact };
      if (key !== undefined) known.set(key, field);
    }
    return { patches: field.patches, exact: field.exact && !uses[start]!.isMixed };
  };
}

function add({ order, patches }: Front, use: number, patch: Patch): void {
  if (patch.rows.length === 0 || patch.columns.length === 0) return;
  const there = patches.get(use);
  if (there) {
    addPatch(there, patch);
    return;
  }
  patches.set(use, [patch]);
  let at = order.length;
  while (at > 0 && order[at - 1]! > use) at--;
  order.splice(at, 0, use);
}

function describe({ order, patches }: Front): string {
  const write = ({ rows, columns }: Patch) => `${rows.join()} x ${columns.join()}`;
  return order.map((use) => `${use}: ${patches.get(use)!.map(write).join('; ')}`).join(' | ');
}
