import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ComputeActivationsOptions, computeActivations } from './activations/computeActivations';
import { requireOptions } from './common/requireOptions';
import type { Activation, Figure, Renderer, RgbaImage } from './common/types';
import { type CreateFiguresOptions, createFigures } from './figure/createFigures';
import { FIGURE_OPTIONS } from './figure/FigureOptions';
import type { NetworkInput } from './image/ImageInput';
import { IMAGE_OPTIONS } from './image/imageToTensor';
import type { CreateActivationModelOptions } from './model/createActivationModel';
import type { GraphModelLike } from './model/graph/GraphModelLike';
import { lendActivationModel } from './model/lendActivationModel';
import type { OpenedModel } from './model/OpenedModel';
import type { ActivationModel } from './model/selection/ActivationModel';
import type { LayerSelector } from './model/selection/selectLayers';
import { requireRenderer } from './render/requireRenderer';
import { renderRgba } from './render/rgba/renderRgba';

/** One layer of the answer: its numbers (of all images), its figure, and the figure drawn. */
export interface LayerFigure<Output> {
  readonly layer: string;
  /** Which image of the batch the figure shows. */
  readonly image: number;
  readonly activation: Activation;
  readonly figure: Figure;
  readonly output: Output;
}

export interface VisualizeLayersOptions<Output>
  extends ComputeActivationsOptions,
    CreateFiguresOptions,
    CreateActivationModelOptions {
  /**
   * Which layers. An activation model has chosen already.
   * @defaultValue every convolution by its class, whatever its name is, those in models inside too
   */
  layers?: LayerSelector | undefined;
  /**
   * What draws each figure; its output may be a promise.
   * @defaultValue `renderRgba`
   */
  renderer?: Renderer<Output | Promise<Output>> | undefined;
}

/** Put together once, and not at each call. */
const OPTIONS = {
  ...IMAGE_OPTIONS,
  ...FIGURE_OPTIONS,
  preActivation: true,
  layers: true,
  renderer: true,
} as const;

/**
 * Shows what the layers of a network see in an image: one forward pass, then a figure a layer, each map of it in viridis
 * by its own range.
 *
 * @param model A layers model or a graph model of TensorFlow.js, what `openModel` has returned, or an activation model made
 * before, to use for many images; stays the caller's.
 * @param img A tensor, pixels, nested arrays, the bytes or the Blob of an image file, or on a page an image, canvas or video;
 * for a network with several inputs a list of them, or an object with the inputs' names as keys. Stays the caller's.
 * @returns An entry a layer, in the model's order; with `image: 'all'` an entry an image for each. No tensor is left behind.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that is wrong.
 */
export async function visualizeLayers<Output = RgbaImage>(
  model: LayersModel | GraphModelLike | OpenedModel | ActivationModel,
  img: NetworkInput,
  options: VisualizeLayersOptions<Output> = {},
): Promise<LayerFigure<Output>[]> {
  requireOptions(options, OPTIONS);
  const {
    layers,
    preActivation,
    renderer = renderRgba as Renderer<unknown> as Renderer<Output>,
    resize,
    imageBackground,
    preprocess,
    maxPixels,
    ...figureOptions
  } = options;
  requireRenderer(renderer);
  const { activationModel, giveBack } = lendActivationModel(model, layers, preActivation);
  try {
    const activations = await computeActivations(activationModel, img, {
      resize,
      imageBackground,
      preprocess,
      maxPixels,
    });
    const figures = createFigures(activations, figureOptions);
    const outputs = await Promise.all(figures.map(({ figure }) => renderer(figure)));
    return figures.map(({ activation, image, figure }, index) => {
      const output = outputs[index] as Output;
      return { layer: activation.layerName, image, activation, figure, output };
    });
  } finally {
    giveBack();
  }
}
