/** Where the maps of a layer are drawn. All sizes are in CSS pixels. */
export interface TileLayout {
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly gap: number;
  /** Whether several values share a pixel, so that the picture has to be smoothed. */
  readonly shrunk: boolean;
}

/** Width below which a map cannot be read, nor hit with a finger, in CSS pixels. */
const SMALLEST = 36;

/**
 * Fits maps into the width of the page: each value a whole number of device pixels, so that squares are alike and sharp;
 * a map that is wider than its share is shrunk. Where the maps would be too small, half as many stand in a row.
 *
 * @param available Width for all columns, in CSS pixels.
 * @param columns Columns that share it.
 * @param width Values in a row of a map.
 * @param height Rows of a map.
 * @param largest Width of a tile at the most.
 */
export function layoutTiles(
  available: number,
  columns: number,
  width: number,
  height: number,
  devicePixelRatio: number,
  largest: number,
): TileLayout {
  const gap = available < 480 ? 2 : 4;
  const share = Math.max(1, Math.min(largest, (available - (columns - 1) * gap) / columns));
  const pixels = Math.floor((share * devicePixelRatio) / width);
  const tileWidth = pixels > 0 ? (pixels * width) / devicePixelRatio : share;
  if (tileWidth < SMALLEST && columns > 2 && largest >= SMALLEST) {
    return layoutTiles(available, Math.ceil(columns / 2), width, height, devicePixelRatio, largest);
  }
  return { columns, tileWidth, tileHeight: (tileWidth * height) / width, gap, shrunk: pixels === 0 };
}

/** A value of a map: which of the tiles shown, and where in it. */
export interface TilePixel {
  readonly index: number;
  readonly row: number;
  readonly column: number;
}

/**
 * Finds the value at a point.
 *
 * @param x CSS pixels from the left of the first tile.
 * @param y CSS pixels from its top.
 * @returns `undefined` in a gap or beyond the last of `count` tiles.
 */
export function findPixel(
  { columns, tileWidth, tileHeight, gap }: TileLayout,
  count: number,
  width: number,
  height: number,
  x: number,
  y: number,
): TilePixel | undefined {
  const across = Math.floor(x / (tileWidth + gap));
  const down = Math.floor(y / (tileHeight + gap));
  const column = Math.floor(((x - across * (tileWidth + gap)) / tileWidth) * width);
  const row = Math.floor(((y - down * (tileHeight + gap)) / tileHeight) * height);
  const index = down * columns + across;
  const inside = x >= 0 && y >= 0 && across < columns && index < count && column < width && row < height;
  return inside ? { index, row, column } : undefined;
}
