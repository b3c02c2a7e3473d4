import type { Colormap, Tile } from '../../common/types';
import type { PlacedTile } from '../grid/layoutGrid';
import type { PictureLayout } from '../grid/layoutPicture';
import type { Picture } from '../grid/preparePicture';
import { fill, rectangle } from './shapes';

/** Draws the background, with a hole for every map that would let it shine through. */
export function drawBackground(
  { pixelSize, background }: Pick<Picture, 'pixelSize' | 'background'>,
  { width, height, gridX, gridY }: PictureLayout,
  holes: readonly PlacedTile[],
): string[] {
  if (background[3] === 0) return [];
  const paths = holes.map(({ x, y, tile }) =>
    rectangle(gridX + x * pixelSize, gridY + y * pixelSize, tile.width * pixelSize, tile.height * pixelSize),
  );
  const path = rectangle(0, 0, width, height) + paths.join('');
  return [`<path fill-rule="evenodd" ${fill(background)} d="${path}"/>`];
}

/** Finds out which maps of some colours let something shine through, the colours being looked at once. */
export function findTranslucent({ rgba }: Colormap): (tile: Tile) => boolean {
  const isOpaque = rgba.every((byte, at) => at % 4 !== 3 || byte === 255);
  return ({ missing, rgb }) => missing !== undefined || !(rgb || isOpaque);
}
