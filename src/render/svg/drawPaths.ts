import type { Colormap, Tile } from '../../common/types';
import type { Grid } from '../grid/layoutGrid';
import { fill, fillWith, rectangle } from './shapes';

const MISSING = -1;

/** Where the numbers of colours begin that are none of the palette: 256 and the bytes red, green, blue as one number. */
const OWN = 256;

/** Draws a grid as squares: a path a colour, neighbours in a row joined, sharp in every viewer. */
export function drawPaths(grid: Grid, colormap: Colormap, pixelSize: number): string[] {
  const runs = new Map<number, string[]>();
  for (const { x, y, tile } of grid.tiles) {
    for (let cell = 0; cell < tile.indices.length; ) {
      const color = colorAt(tile, cell);
      const [row, column] = [Math.floor(cell / tile.width), cell % tile.width];
      let length = 1;
      while (column + length < tile.width && colorAt(tile, cell + length) === color) length++;
      if (color !== MISSING) {
        const known = runs.get(color);
        const run = rectangle((x + column) * pixelSize, (y + row) * pixelSize, length * pixelSize, pixelSize);
        if (known) known.push(run);
        else runs.set(color, [run]);
      }
      cell += length;
    }
  }
  const paths = [...runs]
    .sort(([one], [other]) => one - other)
    .map(([color, rectangles]) => `<path ${fillOf(color, colormap)} d="${rectangles.join('')}"/>`);
  return ['<g shape-rendering="crispEdges">', ...paths, '</g>'];
}

/** The number of a cell's colour: a palette index, or one from {@link OWN} on. */
function colorAt({ indices, missing, rgb }: Tile, cell: number): number {
  if (missing?.[cell]) return MISSING;
  if (!rgb) return indices[cell]!;
  return OWN + ((rgb[cell * 3]! << 16) | (rgb[cell * 3 + 1]! << 8) | rgb[cell * 3 + 2]!);
}

function fillOf(color: number, colormap: Colormap): string {
  if (color < OWN) return fillWith(colormap, color);
  const own = color - OWN;
  return fill([own >> 16, (own >> 8) & 255, own & 255, 255]);
}
