import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ComputeActivationsOptions, computeActivations } from '../../activations/computeActivations';
import { describeValue, requireString } from '../../common/errors';
import { requireOptions } from '../../common/requireOptions';
import type { Activation, Figure } from '../../common/types';
import { createFigure } from '../../figure/createFigure';
import { type CreateFiguresOptions, createFigures } from '../../figure/createFigures';
import { FIGURE_OPTIONS } from '../../figure/FigureOptions';
import { requireScaling } from '../../figure/requireScaling';
import type { NetworkInput } from '../../image/ImageInput';
import { IMAGE_OPTIONS } from '../../image/imageToTensor';
import type { CreateActivationModelOptions } from '../../model/createActivationModel';
import type { GraphModelLike } from '../../model/graph/GraphModelLike';
import { lendActivationModel } from '../../model/lendActivationModel';
import type { OpenedModel } from '../../model/OpenedModel';
import type { ActivationModel } from '../../model/selection/ActivationModel';
import type { LayerSelector } from '../../model/selection/selectLayers';

export interface RecordFilmOptions
  extends ComputeActivationsOptions,
    CreateActivationModelOptions,
    Omit<CreateFiguresOptions, 'image' | 'distanceTo'> {
  /**
   * Which layers. An activation model has chosen already.
   * @defaultValue every convolution, by its class
   */
  layers?: LayerSelector | undefined;
  /**
   * When `callbacks` keep a frame: after each epoch, or after so many batches.
   * @defaultValue `'epoch'`
   */
  every?: 'epoch' | number | undefined;
}

/** The frames of one layer, in the order in which they were kept. */
export interface LayerFilm {
  readonly layer: string;
  /** Their titles say which is which: `'Layer: conv1, epoch 3'`. */
  readonly figures: readonly Figure[];
}

export interface FilmRecorder {
  /** For `callbacks` of `model.fit`: a frame before the training, then one whenever `every` says so. */
  readonly callbacks: {
    onTrainBegin(): Promise<void>;
    onEpochEnd(epoch: number): Promise<void>;
    onBatchEnd(): Promise<void>;
  };
  /**
   * Keeps a frame of the network as it is now; calls wait for one another.
   *
   * @param label Stands in the titles: `'step 100'`.
   * @param img Another image than the one that the film is of, for a film of many.
   */
  record(label: string, img?: NetworkInput): Promise<void>;
  /** The film so far, an entry a layer. */
  films(): LayerFilm[];
  /** Lets go of the model, which stays as it is. The film stays too. */
  dispose(): void;
}

interface Frame {
  readonly label: string;
  readonly activations: readonly Activation[];
}

/**
 * Records what layers see in an image while a network learns, for `renderApng` and `renderAnimatedSvg`.
 *
 * With the scalings `'batch'` and `'all'`, frames share a scale: `'batch'` those of one layer, `'all'` those of all layers.
 * Otherwise each frame has its own, so that its colours cannot be compared with another frame's.
 *
 * @param model A layers model, a graph model, what `openModel` has returned, or an activation model; stays the caller's.
 * @param img One image; stays the caller's and must not change.
 * @throws TypeError or RangeError naming the argument that is wrong.
 */
export function recordFilm(
  model: LayersModel | GraphModelLike | OpenedModel | ActivationModel,
  img: NetworkInput,
  options: RecordFilmOptions = {},
): FilmRecorder {
  requireOptions(options, {
    ...IMAGE_OPTIONS,
    ...FIGURE_OPTIONS,
    image: false,
    distanceTo: false,
    preActivation: true,
    layers: true,
    every: true,
  });
  const {
    layers,
    preActivation,
    every = 'epoch',
    resize,
    imageBackground,
    preprocess,
    maxPixels,
    ...figureOptions
  } = options;
  if (every !== 'epoch' && !(Number.isSafeInteger(every) && every >= 1)) {
    throw new RangeError(
      `every: expected 'epoch' or a whole number of batches of at least 1, got ${describeValue(every)}`,
    );
  }
  if (figureOptions.scaling !== undefined) requireScaling(figureOptions.scaling);
  const { activationModel, giveBack } = lendActivationModel(model, layers, preActivation);
  const frames: Frame[] = [];
  let last: Promise<void> = Promise.resolve();
  let batches = 0;

  const keep = async (label: string, of: NetworkInput) => {
    const activations = await computeActivations(activationModel, of, {
      resize,
      imageBackground,
      preprocess,
      maxPixels,
    });
    // Says at once what is wrong with the options; the frames are drawn when the film is asked for.
    if (frames.length === 0) for (const activation of activations) createFigure(activation, figureOptions);
    frames.push({ label, activations: activations.map(takeFirst) });
  };
  const record = async (label: string, of = img) => {
    requireString('label', label);
    // After an error too, the next frame has its turn.
    last = last.catch(() => undefined).then(() => keep(label, of));
    await last;
  };
  return {
    callbacks: {
      onTrainBegin: () => record(every === 'epoch' ? 'epoch 0' : 'batch 0'),
      async onEpochEnd(epoch) {
        if (every === 'epoch') await record(`epoch ${epoch + 1}`);
      },
      async onBatchEnd() {
        batches++;
        if (every !== 'epoch' && batches % every === 0) await record(`batch ${batches}`);
      },
    },
    record,
    films: () => joinFrames(frames, figureOptions),
    dispose: giveBack,
  };
}

/** The first image of a batch, which is the one that is drawn. */
function takeFirst(activation: Activation): Activation {
  const [batch = 1, ...shape] = activation.shape;
  if (batch === 1) return activation;
  return {
    ...activation,
    shape: [1, ...shape],
    data: activation.data.slice(0, activation.data.length / batch),
  };
}

/** Sees the frames of each layer as images of a batch, and draws them. */
function joinFrames(frames: readonly Frame[], options: CreateFiguresOptions): LayerFilm[] {
  const [first] = frames;
  if (!first) return [];
  const activations = first.activations.map((activation, layer): Activation => {
    const parts = frames.map((frame) => frame.activations[layer]!);
    const { shape } = activation;
    const other = parts.findIndex((part) => String(part.shape) !== String(shape));
    if (other >= 0) {
      throw new RangeError(
        `img: expected one of the size of the first for each frame, got another for ${JSON.stringify(frames[other]!.label)}`,
      );
    }
    const data = new Float32Array(activation.data.length * frames.length);
    parts.forEach((part, index) => {
      data.set(part.data, index * activation.data.length);
    });
    return { ...activation, shape: [frames.length, ...shape.slice(1)], data };
  });
  const labels = frames.map(({ label }) => label);
  const figures = createFigures(activations, { ...options, image: 'all' }, labels);
  return activations.map((activation) => ({
    layer: activation.layerName,
    figures: figures.filter((entry) => entry.activation === activation).map(({ figure }) => figure),
  }));
}
