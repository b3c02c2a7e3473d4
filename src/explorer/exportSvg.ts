import type { Figure } from '../common/types';
import { choosePixelSize, layoutGrid } from '../render/grid/layoutGrid';
import { composeSvg } from './composeSvg';
import { describeOutput } from './describeOutput';
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
  classNames: readonly string[],
  figures: readonly CaptionedFigure[],
): string {
  const bars = output ? describeOutput(output, classNames).bars : [];
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
