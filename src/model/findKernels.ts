import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { findNodeKernels } from './graph/findNodeKernels';
import { type GraphModelLike, isGraphModel } from './graph/GraphModelLike';
import { findLayerKernels } from './layers/findLayerKernels';

/**
 * Finds the kernels of two-dimensional convolutions, by the paths of their layers.
 *
 * @returns Tensors of the model, of shape `[height, width, inputs, outputs]`, which stay the model's.
 * @throws TypeError if `model` is no model or is not built; Error if it has been disposed.
 */
export function findKernels(model: LayersModel | GraphModelLike): Map<string, Tensor> {
  return isGraphModel(model) ? findNodeKernels(model) : findLayerKernels(model);
}
