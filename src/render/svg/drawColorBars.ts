import type { Colormap } from '../../common/types';
import type { PictureLayout } from '../grid/layoutPicture';
import { fillWith, rectangle } from './shapes';

const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const;

/**
 * Draws colour bars: a path a colour, whose squares lie side by side unsmoothed, and the text below.
 *
 * @param textStyle The attributes of text.
 */
export function drawColorBars(
  { boxes, labels }: Pick<PictureLayout, 'boxes' | 'labels'>,
  colormap: Colormap,
  textStyle: string,
): string[] {
  if (labels.length === 0) return [];
  const paths = new Map<number | undefined, string>();
  for (const { x, y, width, height, index } of boxes)
    paths.set(index, (paths.get(index) ?? '') + rectangle(x, y, width, height));
  return [
    // The text of a page in Arabic or Hebrew starts at the right; numbers here stand where the layout says.
    `<g direction="ltr" shape-rendering="crispEdges" ${textStyle}>`,
    ...[...paths].map(([index, path]) =>
      index === undefined ? `<path d="${path}"/>` : `<path ${fillWith(colormap, index)} d="${path}"/>`,
    ),
    ...labels.map(
      ({ text, x, y, anchor }) => `<text x="${x}" y="${y}" text-anchor="${ANCHORS[anchor]}">${text}</text>`,
    ),
    '</g>',
  ];
}
