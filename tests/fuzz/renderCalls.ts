import { createCanvas } from '@napi-rs/canvas';
import { drawDigit } from '../../src/data/index';
import * as files from '../../src/export/index';
import * as colormaps from '../../src/figure/color/schemeColormap';
import { listLayers } from '../../src/index';
import * as canvas from '../../src/render/canvas/renderCanvas';
import * as film from '../../src/render/film/index';
import * as html from '../../src/render/html/renderHtml';
import * as overlay from '../../src/render/overlay/renderOverlay';
import * as png from '../../src/render/png/index';
import * as rgba from '../../src/render/rgba/renderRgba';
import * as svg from '../../src/render/svg/renderSvg';
import * as terminal from '../../src/render/terminal/renderTerminal';
import { call, type Material } from './PublicCall';
import { image, look, onProgress, scaling, signal, text, timing } from './rightOptions';

/** One right call of every function that draws or keeps figures. */
export function renderCalls({ model, layer, activation, figure }: Material) {
  const img = drawDigit(3);
  return {
    renderRgba: call(rgba.renderRgba, { figure, options: { pixelSize: 2, gap: 1, background: 'white' } }, [
      'figure',
      'options',
    ]),
    renderSvg: call(svg.renderSvg, { figure, options: { ...text, pixels: 'path' } }, ['figure', 'options']),
    renderCanvas: call(
      canvas.renderCanvas,
      {
        figure,
        options: { ...text, canvas: createCanvas(1, 1), createCanvas, devicePixelRatio: 1 },
      },
      ['figure', 'options'],
    ),
    renderPng: call(png.renderPng, { figure, options: { ...text, createCanvas } }, ['figure', 'options']),
    encodeImage: call(png.encodeImage, { image: { width: 1, height: 1, data: new Uint8ClampedArray(4) } }, [
      'image',
    ]),
    renderTerminal: call(
      terminal.renderTerminal,
      {
        figure,
        options: { width: 80, color: true, title: true, colorBar: true },
      },
      ['figure', 'options'],
    ),
    renderHtml: call(
      html.renderHtml,
      {
        figures: [{ figure, activation }],
        options: {
          title: 'x',
          img,
          layers: listLayers(model).slice(0, 1),
          note: 'x',
          svg: { pixelSize: 2 },
        },
      },
      ['figures', 'options'],
    ),
    renderOverlay: call(
      overlay.renderOverlay,
      {
        figure,
        options: { img, opacity: 0.5, resampling: 'bilinear', pixelSize: 1, gap: 1, background: 'white' },
      },
      ['figure', 'options'],
    ),
    recordFilm: call(film.recordFilm, {
      model,
      img,
      options: { layers: [layer], preActivation: false, ...look, ...image, scaling, title: 'x', every: 2 },
    }),
    renderAnimatedSvg: call(
      film.renderAnimatedSvg,
      { 'figures|figure': [figure], options: { ...text, ...timing } },
      ['figures|figure', 'options'],
    ),
    renderApng: call(
      film.renderApng,
      {
        'figures|figure': [figure],
        options: { ...text, ...timing, createCanvas, onProgress, signal },
      },
      ['figures|figure', 'options'],
    ),
    exportJson: call(files.exportJson, { items: [activation, figure] }, ['items']),
    exportNpy: call(files.exportNpy, { activation }, ['activation']),
    exportNpz: call(files.exportNpz, { items: [activation, figure] }, ['items']),
    importJson: call(files.importJson, { text: files.exportJson([figure]), options: { maxBytes: 1e6 } }),
    importNpy: call(files.importNpy, {
      file: files.exportNpy(activation),
      options: { layerName: 'x', className: 'x' },
    }),
    importNpz: call(files.importNpz, { file: files.exportNpz([figure]), options: { maxBytes: 1e6 } }),
    schemeColormap: call(colormaps.schemeColormap, { name: 'Inferno' }),
  };
}
