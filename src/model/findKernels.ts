import type { LayersModel } from '@tensorflow/tfjs-layers';
import { findNodeKernels } from './graph/findNodeKernels';
import { type GraphModelLike, isGraphModel } from './graph/GraphModelLike';
import { findLayerKernels } from './layers/findLayerKernels';
import type { ConvolutionKernel } from './selection/ConvolutionKernel';

/**
 * Finds the kernels of two-dimensional convolutions, by the paths of their layers.
 *
 * @returns Their tensors are the model's, and stay so.
 * @throws TypeError if `model` is no model or is not built; Error if it has been disposed.
 */
export function findKernels(model: LayersModel | GraphModelLike): Map<string, ConvolutionKernel> {
  return isGraphModel(model) ? findNodeKernels(model) : findLayerKernels(model);
}
