import { createCanvas } from '@napi-rs/canvas';
import { decode } from 'fast-png';
import { createFigure } from 'layerscope';
import { renderCanvas } from 'layerscope/canvas';
import { renderPng } from 'layerscope/png';
import { renderRgba } from 'layerscope/rgba';
import { renderSvg } from 'layerscope/svg';
import { renderTerminal } from 'layerscope/terminal';
import { toRgba } from './png.js';

const PIXELS = { pixelSize: 4, background: 'white' };

/** A figure and each renderer, for both layers of the article. */
export function createRendererGroup(activations) {
  const draw = (renderer) => () => activations.map((activation) => renderer(createFigure(activation)));
  const readCanvas = (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return {
    title: 'Figure and each renderer, the article’s 48 maps',
    note: 'Drawn at 4 × 4 pixels a value. RGBA, PNG and canvas without title are compared pixel by pixel; the others make another kind of picture.',
    reference: 'createFigure and renderRgba',
    rounds: 40,
    contestants: {
      'createFigure alone': { run: draw((figure) => figure) },
      'createFigure and renderRgba': {
        run: draw((figure) => renderRgba(figure, PIXELS)),
        values: (images) => images.map(({ data }) => data),
      },
      'createFigure and renderPng': {
        run: () => Promise.all(activations.map((activation) => renderPng(createFigure(activation), PIXELS))),
        values: (files) => files.map((file) => toRgba(decode(file))),
      },
      'createFigure and renderCanvas, without title': {
        run: draw((figure) => renderCanvas(figure, { ...PIXELS, title: false, createCanvas })),
        values: (canvases) => canvases.map(readCanvas),
      },
      'createFigure and renderCanvas': {
        run: draw((figure) => renderCanvas(figure, { ...PIXELS, createCanvas })),
      },
      'createFigure and renderPng, with title': {
        run: () =>
          Promise.all(
            activations.map((activation) => renderPng(createFigure(activation), { ...PIXELS, createCanvas })),
          ),
      },
      'createFigure and renderSvg': { run: draw((figure) => renderSvg(figure, PIXELS)) },
      'createFigure and renderSvg, paths': {
        run: draw((figure) => renderSvg(figure, { ...PIXELS, pixels: 'path' })),
      },
      'createFigure and renderTerminal': { run: draw((figure) => renderTerminal(figure)) },
    },
  };
}
