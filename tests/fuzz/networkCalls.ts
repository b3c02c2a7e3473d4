import * as data from '../../src/data/index';
import * as index from '../../src/index';
import * as training from '../../src/training/index';
import { call, type Material } from './PublicCall';
import { image, look, onProgress, scaling, signal } from './rightOptions';

/** One right call of every function that takes a network, an activation or labelled images. */
export function networkCalls({ model, layer, activationModel, activation }: Material) {
  const img = data.drawDigit(3);
  const labelled = data.drawDigits(2);
  const { viridis } = index;
  const title = (shown: index.Figure) => shown.title;
  const choice = { layers: [layer], preActivation: false };
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
      'selector|layers': [layer],
      options: { preActivation: false },
    }),
    listLayers: call(index.listLayers, { model }),
    predictClasses: call(index.predictClasses, {
      model,
      img,
      options: { ...image, classNames: undefined, count: 5 },
    }),
    describeActivations: call(index.describeActivations, { activation, options: { bins: 8 } }, [
      'activation',
      'options',
    ]),
    describeDataset: call(index.describeDataset, {
      model,
      'images|img': [img],
      options: { ...image, layers: [layer], bins: 8, onProgress, signal, resume: undefined },
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
      layer: layer,
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
  };
}
