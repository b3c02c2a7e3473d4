/** A part of a picture, in pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Finds the smallest rectangle outside of which two pictures of one size are alike.
 *
 * @param before A word a pixel, row-major.
 * @returns `undefined` if they are alike everywhere.
 */
export function findChange(before: Uint32Array, after: Uint32Array, width: number): Rectangle | undefined {
  const height = after.length / width;
  const differs = (x: number, y: number) => before[y * width + x] !== after[y * width + x];
  const rowDiffers = (y: number) => {
    for (let x = 0; x < width; x++) if (differs(x, y)) return true;
    return false;
  };
  let top = 0;
  while (top < height && !rowDiffers(top)) top++;
  if (top === height) return undefined;
  let bottom = height - 1;
  while (!rowDiffers(bottom)) bottom--;
  const columnDiffers = (x: number) => {
    for (let y = top; y <= bottom; y++) if (differs(x, y)) return true;
    return false;
  };
  let left = 0;
  while (!columnDiffers(left)) left++;
  let right = width - 1;
  while (!columnDiffers(right)) right--;
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
