import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describeValue, requireOptions } from './common/errors';
import { listNearest } from './common/listNearest';
import type { Figure, Renderer, RgbaImage } from './common/types';
import { diverging } from './figure/color/diverging';
import { createFigure, type FigureOptions } from './figure/createFigure';
import { findKernels } from './model/findKernels';
import type { GraphModelLike } from './model/graph/GraphModelLike';
import { renderRgba } from './render/rgba/renderRgba';

/** The kernels of one layer: their numbers, their figure, and the figure drawn. */
export interface KernelFigure<Output> {
  readonly layer: string;
  /**
   * As the layer keeps them: `[height, width, inputs, outputs]`, where for a depthwise convolution `outputs` is what it makes
   * of each input; a transposed convolution has `[height, width, outputs, inputs]`.
   */
  readonly shape: readonly number[];
  /** Row-major over `shape`. */
  readonly weights: Float32Array;
  /**
   * A row for each index of the third axis, a column for each of the fourth, for a convolution inputs and outputs: the tile
   * of input i and output k is `i · outputs + k`.
   */
  readonly figure: Figure;
  readonly output: Output;
}

export interface VisualizeKernelsOptions<Output>
  extends Pick<FigureOptions, 'columns' | 'title' | 'gap' | 'scaling' | 'channels' | 'colormap'> {
  /**
   * What draws the figure; its output may be a promise.
   * @defaultValue `renderRgba`
   */
  renderer?: Renderer<Output | Promise<Output>> | undefined;
}

/**
 * Shows what a convolution has learnt to look for: a small map of weights for each pair of an input and an output. Red is
 * below 0, white is 0, blue is above; the range is as far to both sides, and the same for all.
 *
 * @param model A layers model or a graph model of TensorFlow.js; stays the caller's.
 * @param layer The path of a two-dimensional convolution; see `listLayers`.
 * @returns No tensor is left behind.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that is wrong.
 */
export async function visualizeKernels<Output = RgbaImage>(
  model: LayersModel | GraphModelLike,
  layer: string,
  options: VisualizeKernelsOptions<Output> = {},
): Promise<KernelFigure<Output>> {
  requireOptions(options);
  const { renderer = renderRgba as Renderer<unknown> as Renderer<Output>, ...rest } = options;
  if (typeof renderer !== 'function') {
    throw new TypeError(`renderer: expected a function of a figure, got ${describeValue(renderer)}`);
  }
  const tensor = findKernel(model, layer);
  const shape = [...tensor.shape] as [number, number, number, number];
  const weights = new Float32Array(await tensor.data());
  const [height, width, inputs, outputs] = shape;
  const largest = weights.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0) || 1;
  const figure = createFigure(
    // Inputs and outputs, the last two axes, are the maps: input by input, as they lie in memory.
    { layerName: layer, className: 'Kernel', shape: [1, height, width, inputs * outputs], data: weights },
    {
      scaling: [-largest, largest],
      colormap: diverging,
      title: `Kernels: ${layer}`,
      // A depthwise convolution has one output for each input, which would make a tower.
      ...(outputs > 1 && { columns: outputs }),
      ...rest,
    },
  );
  return { layer, shape, weights, figure, output: await renderer(figure) };
}

function findKernel(model: LayersModel | GraphModelLike, path: string): Tensor {
  const kernels = findKernels(model);
  const kernel = kernels.get(path);
  if (kernel) return kernel;
  throw new RangeError(
    `layer: expected the path of a two-dimensional convolution, got ${describeValue(path)}; the model has ${listNearest([...kernels.keys()], path)}`,
  );
}
