import type { RgbaImage } from '../types';
import { createPalette } from './createPalette';
import { encodePng } from './encodePng';
import { filterRows } from './filterRows';

/**
 * Encodes any picture exactly: indexed where it has up to 256 colours, otherwise RGB, or RGBA where something in it is
 * transparent.
 *
 * @param level Effort of the compression, from 1 (fast) to 9 (small).
 */
export function encodeRgba(image: RgbaImage, level: 1 | 6 | 9): Uint8Array<ArrayBuffer> {
  const { width, height, data } = image;
  const palette = createPalette();
  const indices = new Uint8Array(width * height);
  const words = new Uint32Array(data.slice().buffer); // one word a pixel, to compare neighbours, which are mostly alike
  let opaque = true;
  for (let pixel = 0; pixel < indices.length; pixel++) {
    if (pixel > 0 && words[pixel] === words[pixel - 1]) {
      indices[pixel] = indices[pixel - 1]!;
      continue;
    }
    const at = pixel * 4;
    if (palette.size <= 256) {
      indices[pixel] = palette.entryOf(data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!);
    }
    opaque &&= data[at + 3] === 255;
  }
  if (palette.size <= 256) {
    const rows = filterRows(indices, width, height);
    return encodePng({ width, height, samples: 1, palette: palette.toRgba(), rows }, level);
  }
  const samples = opaque ? 3 : 4;
  const bytes = new Uint8Array(width * height * samples);
  for (let at = 0, from = 0; at < bytes.length; from += 4) {
    for (let sample = 0; sample < samples; sample++) bytes[at++] = data[from + sample]!;
  }
  const rows = filterRows(bytes, width * samples, height);
  return encodePng({ width, height, samples, rows }, level);
}
