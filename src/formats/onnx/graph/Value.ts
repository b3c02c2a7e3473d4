import type { ElementType } from '../file/elementTypes';
import type { OnnxTensor } from '../file/OnnxModel';

/** A size of a value: a number, or a name for what is open. Sizes of the same name are equal. */
export type Size = number | string;

/**
 * How a value lies in memory: `'file'` as the file has it; `'last'` with its channels, the second axis of the file, behind
 * all others: NCHW as NHWC.
 */
export type Layout = 'file' | 'last';

/** A node of the graph that is written; it gets its name when the node of the file is done that it is made for. */
export interface Draft {
  readonly op: string;
  readonly inputs: readonly Output[];
  readonly attributes: Readonly<Record<string, unknown>>;
  name: string;
}

/** What a node puts out. */
export interface Output {
  readonly draft: Draft;
  readonly index: number;
}

/** A value of the file's graph, as far as it is known when the file is converted. Its shape and its axes are the file's. */
export interface Value {
  readonly type: ElementType;
  readonly shape: readonly Size[];
  readonly layout: Layout;
  /** What puts it out; a constant has none until something reads it. */
  readonly output?: Output;
  readonly constant?: OnnxTensor;
  /** Of whole numbers that are computed from sizes: what they are, as far as that is known. */
  readonly contents?: readonly Size[];
}

/** The axes of the file in the order in which they lie. */
export function orderOf(layout: Layout, rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return layout === 'file' || rank < 3 ? axes : [0, ...axes.slice(2), 1];
}

/** Where an axis of the file lies. */
export function placeOf(axis: number, { layout, shape }: Pick<Value, 'layout' | 'shape'>): number {
  return orderOf(layout, shape.length).indexOf(axis);
}

/** Puts what is said of each axis of the file in the order in which the axes lie. */
export function arrange<Item>(items: readonly Item[], layout: Layout): Item[] {
  return orderOf(layout, items.length).map((axis) => items[axis]!);
}

export function isKnown(shape: readonly Size[]): shape is readonly number[] {
  return shape.every((size) => typeof size === 'number');
}

/** Sizes that are all known, else `undefined`. */
export function numbersOf(sizes: readonly Size[]): readonly number[] | undefined {
  return isKnown(sizes) ? sizes : undefined;
}

/** How many numbers a shape has; `undefined` if a size is open. */
export function countOf(shape: readonly Size[]): number | undefined {
  return isKnown(shape) ? shape.reduce((product, size) => product * size, 1) : undefined;
}

/** @throws RangeError if there is no such axis. */
export function requireAxis(axis: number, rank: number): number {
  const whole = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(whole) && whole >= 0 && whole < rank) return whole;
  throw new RangeError(`expected an axis of ${rank}, got ${axis}`);
}
