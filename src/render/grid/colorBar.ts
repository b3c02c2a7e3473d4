import type { Figure, Tile } from '../../common/types';
import type { Grid } from './layoutGrid';

/** Values of the first and of the last colour; NaN where there is none. */
export type Range = readonly [lowest: number, highest: number];

/** A rectangle in one colour. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Palette index; `undefined` for the colour of the text. */
  readonly index?: number;
}

export interface Label {
  readonly text: string;
  readonly x: number;
  /** Baseline of the text. */
  readonly y: number;
  /** Which point of the text stands at `x`. */
  readonly anchor: 'left' | 'center' | 'right';
}

/** Colour bars of a figure, in pixels from the upper left corner of its grid. */
export interface ColorBars {
  /** The grid, with room for them between its maps. */
  readonly grid: Grid;
  /** Width of grid and bars; both stand in the middle of it. */
  readonly width: number;
  /** Height of the grid and of what stands below. */
  readonly height: number;
  readonly fontSize: number;
  readonly boxes: readonly Box[];
  readonly labels: readonly Label[];
}

/** The range of the colours of a map that has its own scale. */
export function rangeOf({ domain, min, max }: Tile): Range {
  return domain ?? [min, max];
}

/** A size of text in proportion to a width, in the bounds of what is legible. */
export function chooseFontSize(width: number, smallest: number, scale: number): number {
  return Math.round(Math.min(13, Math.max(smallest, width / scale)) * scale);
}

/** A generous guess: figures are hardly wider in any common sans serif. */
export function estimateLabel(text: string, fontSize: number): number {
  return text.length * fontSize * 0.62;
}

/** The colours of a scale from left to right; one where it has a single value, none where it has no value. */
export function drawStrip(
  { gradient: [first, last] = [0, 255] }: Figure,
  [lowest, highest]: Range,
  scale: number,
  { x, y, width, height }: Box,
): Box[] {
  if (!(lowest <= highest)) return [];
  const steps = lowest < highest ? Math.min(last - first + 1, Math.round(width / scale / 3)) : 1;
  const edge = (step: number) => Math.round((step * width) / steps);
  return Array.from({ length: steps }, (_, step) => ({
    x: x + edge(step),
    y,
    width: edge(step + 1) - edge(step),
    height,
    index: first + Math.round((step * (last - first)) / Math.max(1, steps - 1)),
  }));
}

/** The ends of a range below its strip; a single text in the middle. */
export function labelEnds(texts: readonly string[], x: number, width: number, y: number): Label[] {
  if (texts.length === 1) return [{ text: texts[0]!, x: x + width / 2, y, anchor: 'center' }];
  return [
    { text: texts[0]!, x, y, anchor: 'left' },
    { text: texts[1]!, x: x + width, y, anchor: 'right' },
  ];
}
