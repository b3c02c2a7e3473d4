import * as data from '../../src/data/index';
import * as explorer from '../../src/explorer/index';
import * as files from '../../src/export/index';
import * as colormaps from '../../src/figure/color/schemeColormap';
import * as open from '../../src/formats/index';
import * as index from '../../src/index';
import * as node from '../../src/node/index';
import * as canvas from '../../src/render/canvas/renderCanvas';
import * as film from '../../src/render/film/index';
import * as html from '../../src/render/html/renderHtml';
import * as overlay from '../../src/render/overlay/renderOverlay';
import * as png from '../../src/render/png/index';
import * as rgba from '../../src/render/rgba/renderRgba';
import * as svg from '../../src/render/svg/renderSvg';
import * as terminal from '../../src/render/terminal/renderTerminal';
import * as standalone from '../../src/standalone/index';
import * as training from '../../src/training/index';
import { networkCalls } from './networkCalls';
import { call, type Material, type PublicCall } from './PublicCall';
import { renderCalls } from './renderCalls';
import { onProgress, signal } from './rightOptions';

/** Every entry, by its name in the package. */
export const ENTRIES = {
  '.': index,
  rgba,
  svg,
  canvas,
  png,
  terminal,
  html,
  overlay,
  film,
  export: files,
  colormaps,
  training,
  data,
  open,
  node,
  explorer,
  standalone,
} as const;

/** One right call of every function that the package exports, by its name; what needs a page has its own test in one. */
export function publicCalls(material: Material): Readonly<Record<string, PublicCall>> {
  return { ...networkCalls(material), ...renderCalls(material), ...fileCalls(material) };
}

function fileCalls({ model, missing }: Material) {
  return {
    drawDigit: call(data.drawDigit, { digit: 3, options: { style: { thickness: 2, height: 18 }, seed: 1 } }),
    drawDigits: call(data.drawDigits, { count: 2, options: { seed: 1 } }),
    drawStrokes: call(
      data.drawStrokes,
      {
        strokes: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
        options: { thickness: 2 },
      },
      ['strokes', 'options'],
    ),
    fitDigit: call(
      data.fitDigit,
      {
        picture: { width: 2, height: 1, data: new Uint8ClampedArray([0, 0, 0, 255, 255, 255, 255, 255]) },
      },
      ['picture'],
    ),
    loadMnist: call((options: object) => data.loadMnist(isBare(options) ? { directory: missing } : options), {
      options: { directory: missing, urls: undefined, cache: false, signal, onProgress, fetch: undefined },
    }),
    parseIdx: call(data.parseIdx, { bytes: Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7) }),
    saveFile: call(node.saveFile, { path: 'file', data: 'x' }),
    saveFiles: call(node.saveFiles, { 'files|path|data': [['file', 'x']] }, ['files|path|data']),
    loadModel: call(node.loadModel, { path: missing }),
    loadGraphModel: call(node.loadGraphModel, { path: missing }),
    readImageFile: call(node.readImageFile, { path: missing, options: { maxPixels: 1000 } }),
    openModel: call(
      open.openModel,
      {
        source: { 'model.json': new TextEncoder().encode('{}') },
        options: {
          signal,
          onProgress,
          classNames: ['a'],
          maxBytes: 1000,
          fetch: undefined,
        },
      },
      ['source', 'options'],
    ),
    convertOnnxModel: call(open.convertOnnxModel, { bytes: Uint8Array.of(8, 7), external: undefined }),
    saveModel: call(node.saveModel, { model, directory: 'model', options: { includeOptimizer: false } }),
  };
}

/** Options that would have the files downloaded. */
function isBare(options: unknown): boolean {
  return (
    Object.prototype.toString.call(options) === '[object Object]' &&
    Object.keys(options as object).length === 0
  );
}
