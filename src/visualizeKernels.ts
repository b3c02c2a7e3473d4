import type { LayersModel } from '@tensorflow/tfjs-layers';
import { requireOptions } from './common/requireOptions';
import type { Figure, Renderer, RgbaImage } from './common/types';
import { createKernelFigure } from './figure/createKernelFigure';
import { KERNEL_FIGURE_OPTIONS, type KernelFigureOptions } from './figure/KernelFigureOptions';
import type { GraphModelLike } from './model/graph/GraphModelLike';
import type { OpenedModel } from './model/OpenedModel';
import { readKernelWeights } from './model/readKernelWeights';
import { requireRenderer } from './render/requireRenderer';
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
   * of input i and output k is `i · outputs + k`. Windows of 1 × 1 are one tile of as many rows and columns; with `rgb` there
   * is a tile an output.
   */
  readonly figure: Figure;
  readonly output: Output;
}

export interface VisualizeKernelsOptions<Output> extends KernelFigureOptions {
  /**
   * What draws the figure; its output may be a promise.
   * @defaultValue `renderRgba`
   */
  renderer?: Renderer<Output | Promise<Output>> | undefined;
}

/**
 * Shows what a convolution has learnt to look for: a small map of weights for each pair of an input and an output. Red is
 * below 0, white is 0, blue is above; the range is as far to both sides, and the same for all. A convolution of 1 × 1 windows
 * is one matrix, a row an input, a column an output, unless `columns`, `gap` or `channels` ask for maps.
 *
 * @param model A layers model or a graph model of TensorFlow.js, or what `openModel` has returned; stays the caller's.
 * @param layer The path of a two-dimensional convolution; see `listLayers`.
 * @returns No tensor is left behind.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that is wrong.
 */
export async function visualizeKernels<Output = RgbaImage>(
  model: LayersModel | GraphModelLike | OpenedModel,
  layer: string,
  options: VisualizeKernelsOptions<Output> = {},
): Promise<KernelFigure<Output>> {
  requireOptions(options, { ...KERNEL_FIGURE_OPTIONS, renderer: true });
  const { renderer = renderRgba as Renderer<unknown> as Renderer<Output>, ...rest } = options;
  requireRenderer(renderer);
  const kernel = await readKernelWeights(model, layer);
  const figure = createKernelFigure(kernel, rest);
  const { shape, weights } = kernel;
  return { layer, shape, weights, figure, output: await renderer(figure) };
}
