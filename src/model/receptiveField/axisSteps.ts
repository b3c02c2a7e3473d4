import { type NodeStep, pointwise } from './NodeStep';
import type { NodeView } from './NodeView';

type Rule = (node: NodeView) => NodeStep | undefined;

const same = (axis: number) => axis;

/** An axis as it is counted from the front. */
function fromFront(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

export const transposeStep: Rule = (node) => {
  const order = node.numbersAt(1);
  return order && { to: (axis) => order.indexOf(axis) };
};

/** The same numbers in other axes. An axis stays where what comes before it and behind it is of the same sizes. */
export const reshapeStep: Rule = ({ from, shape, index }) => {
  if (index !== 0) return undefined;
  const became = new Map<number, number>();
  const into = new Map<number, number>();
  let [at, next] = [0, 0];
  while (at < from.shape.length && next < shape.length) {
    const [start, first] = [at, next];
    let [one, other] = [from.shape[at++]!, shape[next++]!];
    while (one !== other && at <= from.shape.length && next <= shape.length) {
      if (one < other) one *= from.shape[at++] ?? Number.NaN;
      else other *= shape[next++] ?? Number.NaN;
      if (Number.isNaN(one) || Number.isNaN(other)) return undefined;
    }
    const before = range(start, at).filter((axis) => at - start === 1 || from.shape[axis]! > 1);
    const after = range(first, next).filter((axis) => next - first === 1 || shape[axis]! > 1);
    if (after.length !== 1) continue;
    if (before.length === 1) became.set(before[0]!, after[0]!);
    for (const axis of before) into.set(axis, after[0]!);
  }
  const places = [from.rows, from.columns].filter((axis) => axis !== undefined && from.shape[axis]! > 1);
  const ends = new Set((from.isMixed ? from.through : places).map((axis) => into.get(axis!)));
  // What goes through all places still does among other numbers.
  const merged = ends.size === 1 ? [...ends][0] : undefined;
  return { to: (axis) => became.get(axis), merged };
};

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Axes that become one number, or are left out. */
export const reduceStep: Rule = (node) => {
  const { from, index } = node;
  const rank = from.shape.length;
  const axes = node.numbersAt(1)?.map((axis) => fromFront(axis, rank));
  if (!axes || index !== 0) return undefined;
  const isKept = node.attribute<boolean>('keepDims') === true;
  return {
    to(axis) {
      if (isKept) return axis;
      return axes.includes(axis) ? undefined : axis - axes.filter((other) => other < axis).length;
    },
    along: (axis) => (axes.includes(axis) ? 'all' : undefined),
  };
};

/** What each number is of the whole last axis. */
export const alongLastStep: Rule = ({ from }) => ({
  to: same,
  along: (axis) => (axis === from.shape.length - 1 ? 'all' : undefined),
});

export const matMulStep: Rule = (node) => {
  const { from, shape, index } = node;
  if (index > 1) return undefined;
  const rank = from.shape.length;
  const isTurned = node.attribute<boolean>(index === 0 ? 'transposeA' : 'transposeB') === true;
  // The first goes along its last axis and keeps the one before, the second the other way round, unless turned.
  const isLast = (index === 0) !== isTurned;
  const [gone, kept] = isLast ? [rank - 1, rank - 2] : [rank - 2, rank - 1];
  const shift = shape.length - rank;
  return {
    to(axis) {
      if (axis === gone) return undefined;
      return axis === kept ? shape.length - (index === 0 ? 2 : 1) : axis + shift;
    },
    along: (axis) => (axis === gone ? 'all' : undefined),
  };
};

export const concatStep: Rule = (node) => {
  const { op, index, count, from } = node;
  const [first, at] = op === 'Concat' ? [1, 0] : [0, count - 1];
  const [given] = node.numbersAt(at) ?? [];
  if (given === undefined) return undefined;
  const joined = fromFront(given, from.shape.length);
  let before = 0;
  for (let input = first; input < index; input++) before += node.shapeAt(input)?.[joined] ?? Number.NaN;
  if (Number.isNaN(before)) return undefined;
  return { to: same, along: (axis) => (axis === joined ? { before } : undefined) };
};

export const sliceStep: Rule = (node) => {
  const begin = node.numbersAt(1);
  if (!begin || node.index !== 0) return undefined;
  return { to: same, along: (axis) => (begin[axis] ? { before: -begin[axis] } : undefined) };
};

export const stridedSliceStep: Rule = (node) => {
  const { from, index } = node;
  const [begin, strides] = [node.numbersAt(1), node.numbersAt(3)];
  const bits = (name: string) => node.attribute<number>(name) ?? 0;
  if (index !== 0 || !begin || !strides || bits('ellipsisMask') || bits('newAxisMask')) return undefined;
  if (strides.some((stride) => stride < 1)) return undefined;
  const has = (name: string, axis: number) => axis < begin.length && (bits(name) >> axis) % 2 === 1;
  const gone = begin.flatMap((_, axis) => (has('shrinkAxisMask', axis) ? [axis] : []));
  return {
    to: (axis) => (gone.includes(axis) ? undefined : axis - gone.filter((other) => other < axis).length),
    along(axis) {
      if (axis >= begin.length) return undefined;
      const first = has('beginMask', axis) ? 0 : fromFront(begin[axis]!, from.shape[axis]!);
      return { before: -Math.max(0, first), stride: gone.includes(axis) ? 0 : strides[axis]! };
    },
  };
};

/** Parts of an axis, each an output; which of them is read is not looked at. */
export const splitStep: Rule = (node) => {
  const { op, from, index } = node;
  const [data, at] = op === 'Split' ? [1, 0] : [0, 2];
  const [given] = node.numbersAt(at) ?? [];
  if (given === undefined || index !== data) return undefined;
  const cut = fromFront(given, from.shape.length);
  return hasPlaces(node, cut) ? undefined : { to: same };
};

/** An axis that becomes many outputs. */
export const unpackStep: Rule = (node) => {
  const cut = fromFront(node.attribute<number>('axis') ?? 0, node.from.shape.length);
  if (hasPlaces(node, cut)) return undefined;
  return { to: (axis) => (axis === cut ? undefined : axis > cut ? axis - 1 : axis) };
};

/** Many inputs that become one, with an axis more. */
export const packStep: Rule = (node) => {
  const put = fromFront(node.attribute<number>('axis') ?? 0, node.shape.length);
  return { to: (axis) => (axis >= put ? axis + 1 : axis) };
};

/** Some of an axis, chosen by constants. */
export const gatherStep: Rule = (node) => {
  const { from, index } = node;
  const rank = node.shapeAt(1)?.length;
  const given = node.count > 2 ? node.numbersAt(2)?.[0] : 0;
  if (index !== 0 || rank === undefined || rank > 1 || given === undefined) return undefined;
  const chosen = fromFront(given, from.shape.length);
  if (hasPlaces(node, chosen)) return undefined;
  return { to: (axis) => (rank === 0 && axis > chosen ? axis - 1 : axis) };
};

export const tileStep: Rule = (node) => {
  const times = node.numbersAt(1);
  if (!times || node.index !== 0) return undefined;
  const isRepeated = times.some((count, axis) => count > 1 && hasPlaces(node, axis));
  return isRepeated ? undefined : { to: same };
};

export const reverseStep: Rule = (node) => {
  const axes = node.numbersAt(1)?.map((axis) => fromFront(axis, node.from.shape.length));
  return !axes || axes.some((axis) => hasPlaces(node, axis)) ? undefined : { to: same };
};

/** Whether the axis is that of rows or columns, more than one of them, or there is more than one place along it. */
function hasPlaces({ from }: NodeView, axis: number): boolean {
  const { rows, columns, through, shape } = from;
  return shape[axis]! > 1 && (axis === rows || axis === columns || through.includes(axis));
}

/** The same place of each input. */
export const pointwiseStep: Rule = ({ from, shape }) => pointwise(from, shape);

/** The same, of the first input; the others say how. */
export const firstOnlyStep: Rule = (node) => (node.index === 0 ? pointwiseStep(node) : undefined);
