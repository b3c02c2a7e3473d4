/** Bytes that a file may take at the most, unpacked, unless the caller allows more: a small file may claim any size. */
export const LARGEST = 2 ** 28;
