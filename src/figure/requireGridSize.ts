/** Pixels of a picture at the most: 1 GiB of RGBA. */
const LARGEST_PICTURE = 2 ** 28;

/**
 * Checks that a picture would fit in memory.
 *
 * @param name The argument that makes it so large.
 * @param value What the argument was.
 * @throws RangeError if it would not.
 */
export function requireGridSize(name: string, value: number, width: number, height: number): void {
  if (width * height <= LARGEST_PICTURE) return;
  throw new RangeError(
    `${name}: expected one for which the picture has at most ${LARGEST_PICTURE} pixels, got ${value}, which makes it ${width} × ${height}`,
  );
}
