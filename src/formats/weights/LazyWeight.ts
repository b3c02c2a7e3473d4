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
   * @param room Where they may be put, if that is large enough. What comes then, a copy or not, lasts no longer than that and the file
   * stay as they are.
   */
  read(room?: ArrayBuffer): WeightValues;
}
