import { formatValue } from '../formatValue';
import { choosePixelSize, layoutGrid } from '../grid/layoutGrid';
import type { Figure } from '../types';
import { composeSvg } from './composeSvg';
import { areProbabilities, chooseBars } from './createOutputView';
import { drawPixels } from './drawTiles';
import type { Look } from './openNetwork';

/** A layer's figure, without gaps, and the words over it. */
export interface CaptionedFigure {
  readonly figure: Figure;
  readonly title: string;
  readonly note: string;
}

/** Makes one document of the input, the output and the figures. */
export function exportSvg(
  document: Document,
  image: HTMLCanvasElement,
  { input, output }: Look,
  nameOf: (index: number) => string,
  figures: readonly CaptionedFigure[],
): string {
  const probable = output !== undefined && areProbabilities(output);
  const largest = output?.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const bars = output
    ? chooseBars(output).map(({ index, value }) => ({
        name: nameOf(index),
        share: Math.max(0, value / (probable ? 1 : largest)) || 0,
        text: probable ? `${(value * 100).toFixed(1)} %` : formatValue(value),
      }))
    : [];
  const canvas = document.createElement('canvas');
  return composeSvg('What the network sees', [
    {
      title: 'Input',
      note: `${input.height} × ${input.width} × ${input.channels}`,
      href: image.toDataURL(),
      width: input.width,
      height: input.height,
      pixelSize: Math.max(1, Math.floor(260 / Math.max(input.width, input.height))),
      bars,
    },
    ...figures.map(({ figure, title, note }) => {
      const grid = layoutGrid(figure, 1);
      drawPixels(canvas, grid, figure.colormap);
      const { width, height } = grid;
      return { title, note, href: canvas.toDataURL(), width, height, pixelSize: choosePixelSize(grid) };
    }),
  ]);
}
