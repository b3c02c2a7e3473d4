import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ComputeActivationsOptions, computeActivations } from './activations/computeActivations';
import { describeValue, requireOptions } from './errors';
import { createFigure, type FigureOptions } from './figure/createFigure';
import type { ImageInput } from './image/ImageInput';
import {
  type ActivationModel,
  createActivationModel,
  isActivationModel,
} from './model/createActivationModel';
import type { LayerSelector } from './model/selectLayers';
import { renderRgba } from './render/renderRgba';
import type { Activation, Figure, Renderer, RgbaImage } from './types';

/** One layer of the answer: its numbers, its figure, and the figure drawn. */
export interface LayerFigure<Output> {
  readonly layer: string;
  readonly activation: Activation;
  readonly figure: Figure;
  readonly output: Output;
}

export interface VisualizeLayersOptions<Output> extends ComputeActivationsOptions, FigureOptions {
  /**
   * Which layers. An activation model has chosen already.
   * @defaultValue `'conv'`: those with "conv" in their name
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
 * @param model A layers model of TensorFlow.js, or an activation model made before, to use for many images; stays the
 * caller's.
 * @param img A tensor, pixels, nested arrays, or on a page an image, canvas or video; stays the caller's.
 * @returns An entry a layer, in the model's order. No tensor is left behind.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that is wrong.
 */
export async function visualizeLayers<Output = RgbaImage>(
  model: LayersModel | ActivationModel,
  img: ImageInput,
  options: VisualizeLayersOptions<Output> = {},
): Promise<LayerFigure<Output>[]> {
  requireOptions(options);
  const { layers, renderer = renderRgba as Renderer<unknown> as Renderer<Output>, ...rest } = options;
  if (typeof renderer !== 'function') {
    throw new TypeError(`renderer: expected a function of a figure, got ${describeValue(renderer)}`);
  }
  const made = isActivationModel(model);
  if (made && layers !== undefined) {
    throw new TypeError('layers: expected none, since the activation model has chosen its layers already');
  }
  const activationModel = made ? model : createActivationModel(model, layers);
  try {
    const activations = await computeActivations(activationModel, img, rest);
    const figures = activations.map((activation) => createFigure(activation, rest));
    const outputs = await Promise.all(figures.map((figure) => renderer(figure)));
    return outputs.map((output, index) => {
      const activation = activations[index]!;
      return { layer: activation.layerName, activation, figure: figures[index]!, output };
    });
  } finally {
    if (!made) activationModel.dispose();
  }
}
