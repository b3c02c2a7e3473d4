/** Row filters of PNG (ISO/IEC 15948, section 9.2): the bytes as they are, or the difference to the row above. */
const FILTER_NONE = 0;
const FILTER_UP = 2;

/**
 * Enlarges rows of pixels by a whole number and puts PNG's filter byte before each. A repeated row differs from the
 * one above by nothing, so all but the first become zeros, which compress fast and to almost nothing.
 *
 * @param bytes `height` rows of `width` bytes.
 * @returns `height · pixelSize` rows of `1 + width · pixelSize` bytes.
 */
export function enlargeRows(bytes: Uint8Array, width: number, height: number, pixelSize: number): Uint8Array {
  const stride = 1 + width * pixelSize;
  const rows = new Uint8Array(stride * height * pixelSize);
  for (let y = 0; y < height; y++) {
    const start = y * pixelSize * stride;
    rows[start] = FILTER_NONE;
    // Column by column of the enlarged pixels: a loop of `pixelSize` steps inside would cost more than its work.
    for (let repeat = 0; repeat < pixelSize; repeat++) {
      let at = start + 1 + repeat;
      for (let from = y * width; from < (y + 1) * width; from++, at += pixelSize) rows[at] = bytes[from]!;
    }
    for (let repeat = 1; repeat < pixelSize; repeat++) rows[(y * pixelSize + repeat) * stride] = FILTER_UP;
  }
  return rows;
}

/** Puts PNG's filter byte before each of `height` rows of `width` bytes; a row like the one above becomes zeros. */
export function filterRows(bytes: Uint8Array, width: number, height: number): Uint8Array {
  const stride = 1 + width;
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    // A loop, since a callback a byte is slow until it has been compiled, which one picture is too little for.
    let repeats = y > 0;
    for (let at = start; repeats && at < start + width; at++) repeats = bytes[at] === bytes[at - width];
    rows[y * stride] = repeats ? FILTER_UP : FILTER_NONE;
    if (!repeats) rows.set(bytes.subarray(start, start + width), y * stride + 1);
  }
  return rows;
}
