import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ComputeActivationsOptions, computeActivations } from './activations/computeActivations';
import { describeValue, requireBoolean, requireOptions } from './common/errors';
import type { Activation, Figure, Renderer, RgbaImage } from './common/types';
import type { CreateFiguresOptions } from './figure/createFigures';
import type { NetworkInput } from './image/ImageInput';
import type { CreateActivationModelOptions } from './model/createActivationModel';
import type { GraphModelLike } from './model/graph/GraphModelLike';
import { loadActivationModel } from './model/loadActivationModel';
import { type ActivationModel, isActivationModel } from './model/selection/ActivationModel';
import { requireUnchosen } from './model/selection/requireUnchosen';
import type { LayerSelector } from './model/selection/selectLayers';
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

/**
 * Shows what the layers of a network see in an image: one forward pass, then a figure a layer, each map of it in viridis
 * by its own range.
 *
 * @param model A layers model or a graph model of TensorFlow.js, or an activation model made before, to use for many
 * images; stays the caller's.
 * @param img A tensor, pixels, nested arrays, the bytes or the Blob of an image file, or on a page an image, canvas or video;
 * for a network with several inputs a list of them, or an object with the inputs' names as keys. Stays the caller's.
 * @returns An entry a layer, in the model's order; with `image: 'all'` an entry an image for each. No tensor is left behind.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that is wrong.
 */
export async function visualizeLayers<Output = RgbaImage>(
  model: LayersModel | GraphModelLike | ActivationModel,
  img: NetworkInput,
  options: VisualizeLayersOptions<Output> = {},
): Promise<LayerFigure<Output>[]> {
  requireOptions(options);
  const {
    layers,
    preActivation = false,
    renderer = renderRgba as Renderer<unknown> as Renderer<Output>,
    ...rest
  } = options;
  if (typeof renderer !== 'function') {
    throw new TypeError(`renderer: expected a function of a figure, got ${describeValue(renderer)}`);
  }
  const made = isActivationModel(model);
  if (made) requireUnchosen(layers, options.preActivation);
  requireBoolean('preActivation', preActivation);
  // A page loads the stages when it first draws, beside the backend, and no sooner.
  const [activationModel, { createFigures }] = await Promise.all([
    made ? model : loadActivationModel(model, layers, preActivation),
    import('./figure/createFigures'),
  ]);
  try {
    const activations = await computeActivations(activationModel, img, rest);
    const figures = createFigures(activations, rest);
    const outputs = await Promise.all(figures.map(({ figure }) => renderer(figure)));
    return figures.map(({ activation, image, figure }, index) => {
      const output = outputs[index] as Output;
      return { layer: activation.layerName, image, activation, figure, output };
    });
  } finally {
    if (!made) activationModel.dispose();
  }
}
