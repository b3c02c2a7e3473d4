import type { Stroke } from './digitStrokes';

/** A stroke in pixels, and the width of its line at each point. */
export interface InkedStroke {
  readonly points: Stroke;
  readonly widths: ArrayLike<number>;
}

/**
 * Draws lines with round ends into a square grey image, 255 on 0.
 *
 * The share of ink in a pixel follows from its centre's distance to the line: it falls from all to nothing over
 * `softness` pixels, half of it at the line's edge.
 */
export function rasterizeStrokes(
  strokes: readonly InkedStroke[],
  size: number,
  softness: number,
): Uint8Array {
  const ink = new Float64Array(size * size);
  for (const { points, widths } of strokes) {
    for (let index = 1; index < points.length; index++) {
      const [startX, startY] = points[index - 1]!;
      const [endX, endY] = points[index]!;
      const radius = (widths[index - 1]! + widths[index]!) / 4;
      const reach = radius + softness / 2;
      const left = Math.max(0, Math.floor(Math.min(startX, endX) - reach));
      const right = Math.min(size, Math.ceil(Math.max(startX, endX) + reach));
      const top = Math.max(0, Math.floor(Math.min(startY, endY) - reach));
      const bottom = Math.min(size, Math.ceil(Math.max(startY, endY) + reach));
      const [alongX, alongY] = [endX - startX, endY - startY];
      const squared = alongX * alongX + alongY * alongY;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const [fromX, fromY] = [x + 0.5 - startX, y + 0.5 - startY];
          const along = squared > 0 ? (fromX * alongX + fromY * alongY) / squared : 0;
          const t = Math.min(1, Math.max(0, along));
          const [acrossX, acrossY] = [fromX - t * alongX, fromY - t * alongY];
          const share = 0.5 + (radius - Math.sqrt(acrossX * acrossX + acrossY * acrossY)) / softness;
          const pixel = y * size + x;
          if (share > ink[pixel]!) ink[pixel] = share;
        }
      }
    }
  }
  const bytes = new Uint8Array(ink.length);
  for (let pixel = 0; pixel < bytes.length; pixel++)
    bytes[pixel] = Math.round(255 * Math.min(1, ink[pixel]!));
  return bytes;
}
