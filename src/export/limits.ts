/** Bytes that a file may take at the most, unpacked, unless the caller allows more: a small file may claim any size. */
export const LARGEST = 2 ** 28;

/** Arrays and objects in one another, at the most, in what we write. */
export const DEEPEST = 32;
