import type { PictureLayout } from '../grid/layoutPicture';
import { escapeXml } from './escapeXml';

/**
 * Draws the title above the grid.
 *
 * @param textStyle The attributes of text.
 */
export function drawTitle(title: string, { width, strip }: PictureLayout, textStyle: string): string {
  return `<text x="${width / 2}" y="${strip.baseline}" text-anchor="middle" ${textStyle}>${escapeXml(title)}</text>`;
}
