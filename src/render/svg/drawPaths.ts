import type { Colormap } from '../../common/types';
import type { Grid } from '../grid/layoutGrid';
import { fillWith, rectangle } from './shapes';

const MISSING = -1;

/** Draws a grid as squares: a path a colour, neighbours in a row joined, sharp in every viewer. */
export function drawPaths(grid: Grid, colormap: Colormap, pixelSize: number): string[] {
  const runs = new Map<number, string[]>();
  for (const { x, y, tile } of grid.tiles) {
    const colorAt = (cell: number) => (tile.missing?.[cell] ? MISSING : tile.indices[cell]!);
    for (let cell = 0; cell < tile.indices.length; ) {
      const index = colorAt(cell);
      const [row, column] = [Math.floor(cell / tile.width), cell % tile.width];
      let length = 1;
      while (column + length < tile.width && colorAt(cell + length) === index) length++;
      if (index !== MISSING) {
        const known = runs.get(index);
        const run = rectangle((x + column) * pixelSize, (y + row) * pixelSize, length * pixelSize, pixelSize);
        if (known) known.push(run);
        else runs.set(index, [run]);
      }
      cell += length;
    }
  }
  const paths = [...runs]
    .sort(([one], [other]) => one - other)
    .map(([index, rectangles]) => `<path ${fillWith(colormap, index)} d="${rectangles.join('')}"/>`);
  return ['<g shape-rendering="crispEdges">', ...paths, '</g>'];
}
