/** What kind of values a dataset or an attribute has, and how they lie in the file. */
export interface Hdf5Type {
  readonly name:
    | `${'int' | 'uint'}${8 | 16 | 32 | 64}`
    | `float${16 | 32 | 64}`
    | 'bfloat16'
    /** Texts of one length. */
    | 'string'
    /** Texts that lie elsewhere, each of a length of its own. */
    | 'text'
    /** Bytes of which HDF5 does not know what they are. */
    | 'opaque';
  /** Bytes of a value. */
  readonly size: number;
  readonly isBigEndian: boolean;
}

/** A value of an attribute: a list where it has a shape, row by row. */
export type Hdf5Value = number | string | readonly number[] | readonly string[];

/** A group. Links to other files and to names are not among its children. */
export interface Hdf5Group {
  readonly kind: 'group';
  /** Those of a type that is not known are left out. */
  readonly attributes: ReadonlyMap<string, Hdf5Value>;
  readonly children: ReadonlyMap<string, Hdf5Group | Hdf5Dataset>;
}

/** An array of values. */
export interface Hdf5Dataset {
  readonly kind: 'dataset';
  readonly attributes: ReadonlyMap<string, Hdf5Value>;
  /** `[]` for a single value. */
  readonly shape: readonly number[];
  /** `undefined` if it is none that is known; nothing can be copied then. */
  readonly type: Hdf5Type | undefined;
  /**
   * Copies its values, row by row.
   *
   * @param target Of as many numbers as there are; it takes them as its kind of array does: `Int32Array` cuts those of 64 bits.
   * @param type What they are, by default its own type: another of that size for bytes of which HDF5 does not know what they are.
   * @throws Error if they are no numbers, damaged, cut off, or packed in a way that is not known.
   */
  copyTo(target: Float32Array | Int32Array, type?: Hdf5Type): void;
  /**
   * Its values where they lie in the file, no copy.
   *
   * @returns `undefined` if they are no floats of 32 bits, or do not lie in one piece, row by row, where such an array can begin.
   * @throws Error if they are damaged or cut off.
   */
  view(): Float32Array | undefined;
}
