/** The numbers of a weight; a bool takes a byte. */
export type WeightValues = Float32Array | Int32Array | Uint8Array;

/** A weight whose numbers are read when it is their turn, so that they are in memory twice only one by one. */
export interface LazyWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  /**
   * Gives a copy of its numbers.
   *
   * @param room Where it may be, if that is large enough; it then lasts no longer than that stays as it is.
   */
  read(room?: ArrayBuffer): WeightValues;
}
