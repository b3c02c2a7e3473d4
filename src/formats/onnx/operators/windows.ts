import type { FileNode } from '../graph/FileNode';
import type { Size } from '../graph/Value';

/** How a window moves along one axis. */
export interface Window {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros, or what stands for nothing, before the first value and after the last. */
  readonly before: number;
  readonly after: number;
}

/**
 * Reads how a node's window moves along each of its axes.
 *
 * @param kernel The window's sizes.
 * @param spatial The sizes of what it moves along: what `auto_pad` adds depends on them.
 * @throws RangeError if the settings do not fit the axes, or are no sizes.
 */
export function readWindows(node: FileNode, kernel: readonly number[], spatial: readonly Size[]): Window[] {
  const all = (name: string) => {
    const given = node.ints(name);
    const list = given.length > 0 ? given : kernel.map(() => 1);
    requireWithin(name, list, kernel.length, 1);
    return list;
  };
  const [strides, dilations] = [all('strides'), all('dilations')];
  const auto = node.text('auto_pad', 'NOTSET');
  const pads = node.ints('pads');
  const given = pads.length > 0 && auto === 'NOTSET' ? pads : Array<number>(2 * kernel.length).fill(0);
  requireWithin('kernel_shape', kernel, kernel.length, 1);
  requireWithin('pads', given, 2 * kernel.length, -LARGEST);
  return kernel.map((size, axis) => {
    const window = {
      size,
      stride: strides[axis]!,
      dilation: dilations[axis]!,
      before: given[axis]!,
      after: given[axis + kernel.length]!,
    };
    return /^SAME/.test(auto) ? padToSame(window, spatial[axis]!, auto === 'SAME_LOWER') : window;
  });
}

/** No network has a window that is wider. */
const LARGEST = 2 ** 16;

function requireWithin(name: string, list: readonly number[], count: number, smallest: number): void {
  const isRight = list.every((value) => Number.isInteger(value) && value >= smallest && value <= LARGEST);
  if (isRight && list.length === count) return;
  throw new RangeError(
    `expected ${name} of ${count} whole numbers from ${smallest} to ${LARGEST}, got [${list}]`,
  );
}

/** How far a window reaches, with what it leaves out in between. */
export function reachOf({ size, dilation }: Window): number {
  return (size - 1) * dilation + 1;
}

/**
 * How many places a window has along an axis.
 *
 * @param ceil Whether a last one counts that is partly outside, as long as it begins inside.
 * @param newSize Names a size that is not known before the graph runs.
 */
export function slide(window: Window, length: Size, newSize: () => string, ceil = false): Size {
  const { stride, before, after } = window;
  const more = before + after - reachOf(window);
  if (typeof length === 'string') return stride === 1 && more === -1 ? length : newSize();
  const steps = (length + more) / stride;
  if (steps < 0)
    throw new RangeError(`expected at least ${reachOf(window)} values along each axis, got ${length}`);
  const places = (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
  return ceil && (places - 1) * stride >= length + before ? places - 1 : places;
}

function padToSame(window: Window, length: Size, isLower: boolean): Window {
  const isFree = window.stride === 1;
  if (typeof length === 'string' && !isFree) {
    throw new RangeError(
      'expected a size that is known, since auto_pad depends on it; export the network for images of one size',
    );
  }
  const places = isFree ? 1 : Math.ceil(Number(length) / window.stride);
  const total = Math.max(0, (places - 1) * window.stride + reachOf(window) - (isFree ? 1 : Number(length)));
  const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
  return { ...window, before: isLower ? more : less, after: isLower ? less : more };
}
