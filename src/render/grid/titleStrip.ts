/** Where the title stands above a grid, in pixels. */
export interface TitleStrip {
  /** Width of the whole picture: that of what stands below, or more where the title needs it. */
  readonly width: number;
  /** Height of the strip above the grid. */
  readonly height: number;
  readonly fontSize: number;
  /** Baseline of the text, from the top. */
  readonly baseline: number;
  /** Left edge of what stands below, in the middle. */
  readonly gridX: number;
}

/** A strip for pictures without a title. */
export function noTitle(gridWidth: number): TitleStrip {
  return { width: gridWidth, height: 0, fontSize: 0, baseline: 0, gridX: 0 };
}

/**
 * Places a title above a grid so that nothing of it is cut off.
 *
 * @param gridWidth Width of what stands below in pixels: the grid, or wider colour bars.
 * @param measure Width of the title in pixels for a font size.
 * @param scale Device pixels a pixel, for text that is as large on every screen.
 */
export function layoutTitle(gridWidth: number, measure: (fontSize: number) => number, scale = 1): TitleStrip {
  const fontSize = Math.round(Math.min(20, Math.max(12, gridWidth / scale / 45)) * scale);
  const width = Math.max(gridWidth, Math.ceil(measure(fontSize)) + fontSize);
  return {
    width,
    height: Math.round(fontSize * 1.9),
    fontSize,
    baseline: Math.round(fontSize * 1.2),
    gridX: Math.floor((width - gridWidth) / 2),
  };
}
