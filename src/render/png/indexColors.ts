import type { Palette } from './createPalette';

/**
 * Finds each pixel's colour in a palette, to which new ones are added.
 *
 * @param data 4 bytes a pixel.
 * @returns `undefined` if there are more than the 256 colours that a PNG file can number.
 */
export function indexColors(data: Uint8ClampedArray, palette: Palette): Uint8Array | undefined {
  const indices = new Uint8Array(data.length / 4);
  const words = new Uint32Array(data.slice().buffer); // one word a pixel, to compare neighbours, which are mostly alike
  for (let pixel = 0; pixel < indices.length; pixel++) {
    if (pixel > 0 && words[pixel] === words[pixel - 1]) {
      indices[pixel] = indices[pixel - 1]!;
      continue;
    }
    const at = pixel * 4;
    indices[pixel] = palette.entryOf(data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!);
    if (palette.size > 256) return undefined;
  }
  return indices;
}
