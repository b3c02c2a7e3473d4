import type { Grid } from '../grid/layoutGrid';
import { encodeGrid } from '../png/encodeGrid';
import type { Colormap } from '../types';

/** Draws a grid as one embedded PNG, a pixel a value, that the viewer enlarges without smoothing. */
export function drawImage(grid: Grid, colormap: Colormap, width: number, height: number): string {
  const png = encodeGrid(grid, colormap, 1, [0, 0, 0, 0], 9);
  // Two spellings of "do not smooth": the attribute for renderers without CSS, the style for browsers.
  return (
    `<image width="${width}" height="${height}" preserveAspectRatio="none" image-rendering="optimizeSpeed"` +
    ` style="image-rendering:pixelated" xlink:href="data:image/png;base64,${toBase64(png)}"/>`
  );
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}
