import type { AxisReads } from './axisReads';

/** Where the places of the image lie in what a node puts out. */
export interface Layout {
  readonly shape: readonly number[];
  /** The axes of its rows and of its columns; `undefined` where all lie in one place. */
  readonly rows: number | undefined;
  readonly columns: number | undefined;
  /** Whether each number stands for some places of an image below, and it is not known for which. */
  readonly isMixed: boolean;
  /** Of what is mixed, the axes each of which goes through all places: what reads all along one reads everything. */
  readonly through: readonly number[];
  /** How many images in the batch the rows and columns are spread over, one row in so many in each: 1 but for dilation. */
  readonly spread: readonly [rows: number, columns: number];
}

/** What a node reads of one of its inputs, axis by axis. */
export interface NodeStep {
  /** The axis of the output that one of the input becomes; `undefined` where it is no more. */
  to(axis: number): number | undefined;
  /**
   * What each place of the output reads along an axis of the input, where that is not the same place: `'all'`, or as
   * {@link AxisReads} says.
   */
  along?(axis: number): Partial<AxisReads> | 'all' | undefined;
  /** The axis of the output that all places lie along, where those of rows and columns are no more. */
  readonly merged?: number | undefined;
  /** What the output's rows and columns are spread over from here on. */
  readonly spread?: Layout['spread'];
}

/** The same place of every axis, the last axes of both being the same. */
export function pointwise(from: Layout, shape: readonly number[]): NodeStep {
  return { to: (axis) => axis + shape.length - from.shape.length };
}

/** Length of an axis, over all images that it is spread over. */
export function lengthOf({ shape, rows, columns, spread }: Layout, axis: number | undefined): number {
  if (axis === undefined) return 1;
  return shape[axis]! * (axis === rows ? spread[0] : axis === columns ? spread[1] : 1);
}
