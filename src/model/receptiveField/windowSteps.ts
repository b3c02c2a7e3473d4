import type { AxisReads } from './axisReads';
import { lengthOf, type NodeStep } from './NodeStep';
import type { NodeView } from './NodeView';

type Rule = (node: NodeView) => NodeStep | undefined;

const same = (axis: number) => axis;

/** Convolutions and pooling: a window that goes over rows and columns. */
export const windowStep: Rule = (node) => {
  const { op, from, shape } = node;
  const isTransposed = /^(Conv2DBackpropInput|Conv2dTranspose)$/.test(op);
  const isPool = /Pool/.test(op);
  if (node.index !== (isTransposed ? 2 : 0) || from.shape.length !== 4) return undefined;
  const kernel = isPool ? undefined : node.shapeAt(1);
  const sizes = node.attribute<readonly number[]>('kernelSize');
  const strides = node.attribute<readonly number[]>('strides');
  if (!strides || !(isPool ? sizes : kernel)) return undefined;
  const dilations = isPool ? undefined : node.attribute<readonly number[]>('dilations');
  const padding = node.attribute<string>('pad')?.toLowerCase();
  const explicit = node.attribute<readonly number[]>('explicitPaddings');
  // tfjs pools with channels last whatever the graph says.
  const isFirst = !isPool && /^NCHW$/i.test(node.attribute<string>('dataFormat') ?? '');
  const spatial = isFirst ? [2, 3] : [1, 2];
  if (from.spread.some((count, at) => count > 1 && strides[spatial[at]!] !== 1)) return undefined;
  return {
    to: same,
    along(axis) {
      const place = spatial.indexOf(axis);
      if (place < 0) return isPool || axis === 0 ? undefined : 'all';
      const spread = from.spread[place]!;
      const size = isPool ? sizes![axis]! : kernel![place]!;
      const stride = strides[axis]!;
      const dilation = dilations?.[axis] ?? 1;
      // A transposed convolution is one with output and input changed round.
      const [large, small] = isTransposed
        ? [shape[axis]!, from.shape[axis]!]
        : [from.shape[axis]!, shape[axis]!];
      // Half of what `same` needs, rounded down: tfjs-core, `getPadAndOutInfo`.
      const needed = Math.max(0, (small - 1) * stride + (size - 1) * dilation + 1 - large);
      const before =
        padding === 'same' ? Math.floor(needed / 2) : padding === 'explicit' ? explicit![2 * axis]! : 0;
      if (isTransposed) return { size, divide: stride, before: size - 1 - before };
      return { size, stride, dilation: dilation * spread, before: before * spread };
    },
  };
};

/** Resizing: from one place in another of them, or the two beside it, as tfjs' kernels take them. */
export const resizeStep: Rule = (node) => {
  const { op, from, shape, index } = node;
  if (index !== 0 || from.shape.length !== 4) return undefined;
  const alignCorners = node.attribute<boolean>('alignCorners') === true;
  const halfPixels = node.attribute<boolean>('halfPixelCenters') === true;
  const isNearest = op === 'ResizeNearestNeighbor';
  return {
    to: same,
    along(axis): Partial<AxisReads> | undefined {
      if (axis !== 1 && axis !== 2) return undefined;
      const aligned = alignCorners && shape[axis]! > 1;
      const [stride, divide] = aligned
        ? [from.shape[axis]! - 1, shape[axis]! - 1]
        : [from.shape[axis]!, shape[axis]!];
      // All in halves: of a place, and of the distance between two.
      const places = { stride: 2 * stride, divide: 2 * divide, floor: true };
      if (stride === 0) return { size: 1, stride: 0 };
      if (isNearest) {
        const shift = (halfPixels ? stride : 0) + (alignCorners ? divide : 0);
        return { ...places, size: 1, before: -shift };
      }
      const before = halfPixels ? divide - stride : 0;
      return { ...places, size: 2, dilation: 2 * divide - 1, before };
    },
  };
};

/** Channels become rows and columns. */
export const depthToSpaceStep: Rule = (node) => {
  const block = node.attribute<number>('blockSize');
  const first = /^NCHW$/i.test(node.attribute<string>('dataFormat') ?? '') ? 2 : 1;
  if (block === undefined || node.index !== 0) return undefined;
  return {
    to: same,
    along: (axis) => (axis === first || axis === first + 1 ? { divide: block, floor: true } : 'all'),
  };
};

/** Rows and columns taken apart into many images, so that a convolution skips some: how TensorFlow writes dilation. */
export const spaceToBatchStep: Rule = (node) => {
  const { from, index } = node;
  const [block, paddings] = [node.numbersAt(1), node.numbersAt(2)];
  const [rows, columns] = block ?? [];
  if (index !== 0 || !paddings || !rows || !columns || from.rows !== 1 || from.columns !== 2)
    return undefined;
  if (from.spread.some((count) => count > 1)) return undefined;
  return {
    to: same,
    along: (axis) => (axis === 1 || axis === 2 ? { before: paddings[2 * (axis - 1)]! } : undefined),
    spread: [rows, columns],
  };
};

/** The way back. */
export const batchToSpaceStep: Rule = (node) => {
  const { from, index } = node;
  const [block, crops] = [node.numbersAt(1), node.numbersAt(2)];
  if (index !== 0 || !crops || String(block) !== String(from.spread)) return undefined;
  return {
    to: same,
    along: (axis) => (axis === 1 || axis === 2 ? { before: -crops[2 * (axis - 1)]! } : undefined),
    spread: [1, 1],
  };
};

/** Padding with a number, or with what lies on the other side of the edge. */
export const padStep: Rule = (node) => {
  const paddings = node.numbersAt(1);
  if (!paddings || node.index !== 0) return undefined;
  const { from, op } = node;
  const mode = node.attribute<string>('mode')?.toLowerCase();
  const mirror = op !== 'MirrorPad' ? undefined : mode === 'symmetric' ? 1 : 0;
  return {
    to: same,
    along: (axis) => ({
      before: paddings[2 * axis]!,
      ...(mirror !== undefined && lengthOf(from, axis) > 1 && { mirror }),
    }),
  };
};
