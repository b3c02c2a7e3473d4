import type { GraphProbe } from '../graph/probeGraph';
import { type GraphNode, readBy } from '../graph/readNodes';
import type { AxisReads } from './axisReads';
import { describeNode } from './describeNode';
import { type Layout, lengthOf, type NodeStep } from './NodeStep';
import { viewNode } from './NodeView';
import type { ReceptiveFieldPlan } from './planReceptiveField';

type PlannedUse = ReceptiveFieldPlan['uses'][number];
type Read = PlannedUse['inputs'][number];

/**
 * Does what `planReceptiveField` does for a graph model.
 *
 * @param image The name of the node that the image comes in by, of the shape `[batch, height, width, channels]`.
 * @param nodes From `readAllNodes`.
 * @param probe For images of the size that is meant. A node that it says nothing of may read anything of what it reads.
 */
export function planNodes(image: string, nodes: readonly GraphNode[], probe: GraphProbe): ReceptiveFieldPlan {
  const uses: PlannedUse[] = [];
  const layouts: Layout[] = [];
  const useOf = new Map<string, number>();
  const add = (name: string, layout: Layout, inputs: readonly Read[]) => {
    useOf.set(name, uses.length);
    uses.push({ ...extentOf(layout), inputs });
    layouts.push(layout);
  };
  add(image, layoutOf(probe.shapes.get(image) ?? []), []);
  const all = new Set(nodes.map(({ name }) => name));
  for (const node of nodes) {
    if (node.name === image) continue;
    const shape = probe.shapes.get(node.name);
    const inputs = readBy(node).flatMap(({ name }, index) => {
      // What comes round a loop is not known yet, and may be anything.
      const from = useOf.get(name) ?? (all.has(name) ? 0 : undefined);
      if (from === undefined) return [];
      if (!useOf.has(name)) return [{ from, layout: layouts[0]!, step: undefined }];
      const layout = layouts[from]!;
      return [{ from, layout, step: shape && describeNode(viewNode(node, probe, shape, index, layout)) }];
    });
    const layout = combine(shape ?? [], inputs);
    const reads = inputs.map(({ from, ...input }): Read => ({ from, ...readsOf(input, layout) }));
    add(node.name, layout, reads);
  }
  return { uses, useOf };
}

interface NodeInput {
  readonly layout: Layout;
  readonly step: NodeStep | undefined;
}

/** What is known of a shape and no more: an image if it has four axes. */
function layoutOf(shape: readonly number[]): Layout {
  const [rows, columns] = shape.length === 4 ? [1, 2] : [];
  return { shape, rows, columns, isMixed: false, through: [], spread: [1, 1] };
}

/** Where the places are in what a node puts out. */
function combine(shape: readonly number[], inputs: readonly NodeInput[]): Layout {
  const known = inputs.flatMap(({ layout, step }) => (step ? [{ layout, step }] : []));
  if (known.length === 0) return layoutOf(shape);
  const isLost = ({ layout, step }: (typeof known)[number], axis: number | undefined) =>
    lengthOf(layout, axis) > 1 && step.to(axis!) === undefined && step.along?.(axis!) === undefined;
  const find = (which: 'rows' | 'columns') => {
    const axes = known.map(({ layout, step }) =>
      layout[which] === undefined ? undefined : step.to(layout[which]),
    );
    return axes.find((axis) => axis !== undefined);
  };
  const losing = known.filter(
    (input) => isLost(input, input.layout.rows) || isLost(input, input.layout.columns),
  );
  const mixed = known.filter(({ layout, step }) => layout.isMixed && !readsAll(layout, step));
  const [rows, columns] = losing.length > 0 ? [] : [find('rows'), find('columns')];
  const isImage = rows !== undefined || columns !== undefined;
  const through = [...losing, ...mixed].flatMap(({ layout, step }) => {
    const kept = layout.through.map((axis) => (step.along?.(axis) === undefined ? step.to(axis) : undefined));
    return [step.merged, ...kept].filter((axis) => axis !== undefined);
  });
  const spread = known[0]!.step.spread ?? known[0]!.layout.spread;
  return {
    shape,
    rows,
    columns,
    isMixed: !isImage && (losing.length > 0 || mixed.length > 0),
    through: isImage ? [] : [...new Set(through)],
    spread,
  };
}

/** Whether a node reads all along an axis that goes through all places. */
function readsAll({ through }: Layout, step: NodeStep): boolean {
  return through.some((axis) => step.along?.(axis) === 'all');
}

function readsOf({ layout, step }: NodeInput, output: Layout): Omit<Read, 'from'> {
  const isImage = output.rows !== undefined || output.columns !== undefined;
  const fits = (which: 'rows' | 'columns') => {
    const axis = layout[which];
    const to = axis === undefined ? undefined : step?.to(axis);
    return to === undefined || to === output[which] || output.isMixed;
  };
  const isKnown = step !== undefined && fits('rows') && fits('columns');
  const along = (which: 'rows' | 'columns'): AxisReads => {
    const axis = layout[which];
    const inputs = lengthOf(layout, axis);
    const whole = { inputs, size: inputs, stride: 0, dilation: 1, before: 0, divide: 1, floor: false };
    if (!isKnown || axis === undefined) return whole;
    const reads = step.along?.(axis);
    const to = step.to(axis);
    if (reads === 'all' || (reads === undefined && output[which] === undefined)) return whole;
    // One row or column is stretched over all.
    if (inputs === 1 && to !== undefined && output.shape[to]! > 1 && reads === undefined) return whole;
    return { ...whole, size: 1, stride: 1, ...reads };
  };
  const isSome = layout.isMixed && step !== undefined && !readsAll(layout, step);
  return {
    rows: along('rows'),
    columns: along('columns'),
    exact: isKnown && !(isImage && isSome),
    isMixed: output.isMixed,
  };
}

/** The size of what is seen as an image, and whether it is laid out as one. */
function extentOf(layout: Layout): Omit<PlannedUse, 'inputs'> {
  const { shape, rows, columns, isMixed, spread } = layout;
  const isPlain = shape.length === 4 && rows === 1 && columns === 2 && String(spread) === '1,1';
  const size = [lengthOf(layout, rows), lengthOf(layout, columns)] as const;
  // A rank of 4 says that places can be named by row and column of the output.
  return { size, rank: isPlain ? 4 : 0, isMixed };
}
