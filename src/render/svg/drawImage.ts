import type { Colormap } from '../../common/types';
import type { Grid } from '../grid/layoutGrid';
import { encodeGrid } from '../png/encodeGrid';
import { toDataUrl } from './toDataUrl';

/**
 * Names the style that has browsers not smooth the pixels. Viewers that do not know `pixelated` would take it for no
 * value and smooth, so it stands behind `@supports`, and SVG 1.1's `optimizeSpeed` is left to them.
 */
const CLASS = 'layerscope-pixels';

/** Has the images of this class enlarged without smoothing. */
export const PIXEL_STYLE = `<style>@supports (image-rendering: pixelated) { .${CLASS} { image-rendering: pixelated } }</style>`;

/** Draws a grid as one embedded PNG, a pixel a value, that the viewer enlarges without smoothing: see {@link PIXEL_STYLE}. */
export function drawImage(grid: Grid, colormap: Colormap, width: number, height: number): string {
  const png = encodeGrid(grid, colormap, 1, [0, 0, 0, 0], 9);
  return (
    `<image class="${CLASS}" width="${width}" height="${height}" preserveAspectRatio="none"` +
    ` image-rendering="optimizeSpeed" xlink:href="${toDataUrl('image/png', png)}"/>`
  );
}
