import type { Figure } from '../../common/types';
import { chooseTicks } from './chooseTicks';
import {
  type Box,
  type ColorBars,
  chooseFontSize,
  drawStrip,
  estimateLabel,
  labelEnds,
  type Range,
} from './colorBar';
import { formatRange } from './formatRange';
import type { Grid } from './layoutGrid';

/** Places one bar below a grid: its ends labelled, and round values between as far as there is room. */
export function layoutSharedBar(
  figure: Figure,
  domain: Range,
  grid: Grid,
  pixelSize: number,
  scale: number,
): ColorBars {
  const [gridWidth, gridHeight] = [grid.width * pixelSize, grid.height * pixelSize];
  const size = chooseFontSize(gridWidth / 75, 11, scale);
  const ends = formatRange(domain, 4);
  const [lowWidth, highWidth] = [ends[0]!, ends.at(-1)!].map((text) => estimateLabel(text, size)) as [
    number,
    number,
  ];
  const width = Math.max(gridWidth, Math.ceil(lowWidth + highWidth + 2 * size));
  const x = Math.ceil((gridWidth - width) / 2);
  const [y, thickness, mark] = [size, Math.round(size * 0.8), Math.round(size * 0.3)];
  const bottom = gridHeight + y + thickness;
  const baseline = bottom + mark + size;

  const boxes: Box[] = drawStrip(figure, domain, scale, { x, y: gridHeight + y, width, height: thickness });
  const labels = labelEnds(ends, x, width, baseline);
  let free = x + lowWidth + size;
  for (const { text, at } of chooseTicks(domain, figure.scale, width / (6 * size))) {
    const [middle, half] = [x + Math.round(at * width), estimateLabel(text, size) / 2];
    boxes.push({ x: middle, y: bottom, width: Math.max(1, Math.round(scale)), height: mark });
    if (middle - half < free || middle + half + size > x + width - highWidth) continue;
    labels.push({ text, x: middle, y: baseline, anchor: 'center' });
    free = middle + half + size;
  }
  return { grid, width, height: baseline + Math.round(size * 0.35), fontSize: size, boxes, labels };
}
