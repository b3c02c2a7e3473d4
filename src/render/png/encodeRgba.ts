import type { RgbaImage } from '../../common/types';
import { createPalette } from './createPalette';
import { encodePng } from './encodePng';
import { filterRows } from './filterRows';
import { indexColors } from './indexColors';

/**
 * Encodes any picture exactly: indexed where it has up to 256 colours, otherwise RGB, or RGBA where something in it is
 * transparent.
 *
 * @param level Effort of the compression, from 1 (fast) to 9 (small).
 */
export function encodeRgba(image: RgbaImage, level: 1 | 6 | 9): Uint8Array<ArrayBuffer> {
  const { width, height, data } = image;
  const palette = createPalette();
  const indices = indexColors(data, palette);
  if (indices) {
    const rows = filterRows(indices, width, height);
    return encodePng({ width, height, samples: 1, palette: palette.toRgba(), rows }, level);
  }
  const samples = isOpaque(data) ? 3 : 4;
  const rows = filterRows(takeSamples(data, samples), width * samples, height);
  return encodePng({ width, height, samples, rows }, level);
}

/** Whether no pixel is transparent. */
function isOpaque(data: Uint8ClampedArray): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}

/** The first samples of each pixel: red, green and blue, or all four. */
export function takeSamples(data: Uint8ClampedArray, samples: 3 | 4): Uint8Array {
  const bytes = new Uint8Array((data.length / 4) * samples);
  for (let at = 0, from = 0; at < bytes.length; from += 4) {
    for (let sample = 0; sample < samples; sample++) bytes[at++] = data[from + sample]!;
  }
  return bytes;
}
