import { createCanvas } from '@napi-rs/canvas';
import * as data from '../../src/data/index';
import * as files from '../../src/export/index';
import * as colormaps from '../../src/figure/color/schemeColormap';
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
import * as training from '../../src/training/index';

/** Every entry but those for pages. */
export const ENTRIES = {
  index,
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
  node,
} as const;

/** A call that is right. */
export interface PublicCall {
  /** The function. */
  readonly run: (...args: never[]) => unknown;
  /**
   * What it is given, by the name that errors call it; more than one with a `|` between them. Options are written out, each
   * with a value that is right, so that one at a time can be replaced.
   */
  readonly args: Readonly<Record<string, unknown>>;
  /** Names of `args` whose parts are replaced too. */
  readonly parts?: readonly string[];
}

/** What the calls are made with. */
export interface Material {
  readonly model: Awaited<ReturnType<typeof index.loadArticleCnn>>;
  readonly activationModel: index.ActivationModel;
  readonly activation: index.Activation;
  readonly figure: index.Figure;
  /** A folder that is not there. */
  readonly missing: string;
}

/** One right call of every function that the package exports, by its name. */
export function publicCalls({ model, activationModel, activation, figure, missing }: Material) {
  const img = data.drawDigit(3);
  const { viridis } = index;
  const image = {
    resize: false,
    imageBackground: 'black',
    preprocess: { scale: 1, offset: 0, mean: [0] },
    maxPixels: 1000,
  };
  const { signal } = new AbortController();
  const onProgress = () => undefined;
  const title = (shown: index.Figure) => shown.title;
  const choice = { layers: ['conv1'], preActivation: false };
  const look = {
    columns: 8,
    gap: 1,
    channels: [0, 1],
    colormap: viridis,
    sort: 'index',
    first: 2,
    slice: 0,
    vectors: 'strip',
    missingColor: 'white',
    belowColor: 'black',
    aboveColor: 'white',
    deadColor: '#f00',
    markDead: [0],
  };
  const scaling = { per: 'layer', percentiles: [1, 99], log: false };
  const picture = { pixelSize: 2, gap: 1, title: true, colorBar: true, background: 'white', color: 'black' };
  const text = { ...picture, fontFamily: 'sans-serif' };
  const timing = { delay: 10, hold: 20, plays: 0 };
  const labelled = data.drawDigits(2);
  const call = (
    run: PublicCall['run'],
    args: PublicCall['args'],
    parts: readonly string[] = Object.keys(args).filter((name) => name === 'options'),
  ): PublicCall => ({ run, args, parts });
  return {
    compareActivations: call(index.compareActivations, {
      'first|activation': activation,
      'second|activation': activation,
    }),
    computeActivations: call(index.computeActivations, { activationModel, img, options: image }, [
      'options',
      'img',
    ]),
    useWasmBackend: call(index.useWasmBackend, {
      options: { allowPlain: false, paths: '/', threads: false },
    }),
    createColormap: call(index.createColormap, { name: 'grey', interpolate: () => '#777' }),
    createFigure: call(
      index.createFigure,
      {
        activation,
        options: { ...look, scaling, title: 'x', image: 0, combine: undefined, distanceTo: undefined },
      },
      ['activation', 'options'],
    ),
    measureRange: call(
      index.measureRange,
      {
        activations: [activation],
        options: { percentiles: [0, 100], center: undefined, log: false },
      },
      ['activations', 'options'],
    ),
    convertKerasModel: call(index.convertKerasModel, { artifacts: { modelTopology: {} } }, ['artifacts']),
    imageToTensor: call(
      index.imageToTensor,
      {
        img,
        inputShape: [null, 28, 28, 1],
        options: image,
        'wanted|preprocess': 'unit',
      },
      ['img', 'inputShape', 'options'],
    ),
    buildArticleCnn: call(index.buildArticleCnn, { options: { seed: 1 } }),
    loadArticleCnn: call(index.loadArticleCnn, {}),
    createActivationModel: call(index.createActivationModel, {
      model,
      'selector|layers': ['conv1'],
      options: { preActivation: false },
    }),
    listLayers: call(index.listLayers, { model }),
    describeActivations: call(index.describeActivations, { activation, options: { bins: 8 } }, [
      'activation',
      'options',
    ]),
    describeDataset: call(index.describeDataset, {
      model,
      'images|img': [img],
      options: { ...image, layers: ['conv1'], bins: 8, onProgress, signal, resume: undefined },
    }),
    visualizeDifference: call(
      index.visualizeDifference,
      {
        first: { model, img, preprocess: undefined },
        second: { model, img, preprocess: undefined },
        options: {
          ...choice,
          ...look,
          channels: undefined,
          ...image,
          image: 0,
          differenceColormap: viridis,
          renderer: title,
        },
      },
      ['first', 'second', 'options'],
    ),
    visualizeKernels: call(index.visualizeKernels, {
      model,
      layer: 'conv1',
      options: { colormap: viridis, scaling, columns: 4, title: 'x', gap: 1, channels: [0], rgb: false },
    }),
    visualizeLayers: call(index.visualizeLayers, {
      model,
      img,
      options: {
        ...choice,
        ...look,
        channels: undefined,
        ...image,
        scaling,
        image: 'all',
        title: 'x',
        renderer: title,
      },
    }),
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
          layers: index.listLayers(model).slice(0, 1),
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
      options: { ...choice, ...look, ...image, scaling, title: 'x', every: 2 },
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
    evaluateClassifier: call(
      training.evaluateClassifier,
      { model, data: labelled, options: { batchSize: 2 } },
      ['data', 'options'],
    ),
    registerTrainingKernels: call(training.registerTrainingKernels, { options: { binary: true } }),
    trainingPath: call(training.trainingPath, {}),
    trainArticleCnn: call(
      training.trainArticleCnn,
      {
        data: labelled,
        options: {
          model: undefined,
          epochs: 1,
          batchSize: 2,
          validationSplit: 0,
          learningRate: 0.1,
          seed: 1,
          signal: AbortSignal.abort(),
          onBatch: onProgress,
          onEpoch: onProgress,
        },
      },
      ['data', 'options'],
    ),
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
    saveModel: call(node.saveModel, { model, directory: 'model', options: { includeOptimizer: false } }),
  } satisfies Readonly<Record<string, PublicCall>>;
}

/** Options that would have the files downloaded. */
function isBare(options: unknown): boolean {
  return (
    Object.prototype.toString.call(options) === '[object Object]' &&
    Object.keys(options as object).length === 0
  );
}
