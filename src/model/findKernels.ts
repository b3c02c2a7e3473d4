import type { LayersModel } from '@tensorflow/tfjs-layers';
import { findNodeKernels } from './graph/findNodeKernels';
import { type GraphModelLike, isGraphModel } from './graph/GraphModelLike';
import { findLayerKernels } from './layers/findLayerKernels';
import type { OpenedModel } from './OpenedModel';
import type { ConvolutionKernel } from './selection/ConvolutionKernel';
import { unwrapModel } from './unwrapModel';

/**
 * Finds the kernels of two-dimensional convolutions, by the paths of their layers.
 *
 * @returns Their tensors are the model's, and stay so.
 * @throws TypeError if `model` is no model or is not built; Error if it has been disposed.
 */
export function findKernels(
  model: LayersModel | GraphModelLike | OpenedModel,
): Map<string, ConvolutionKernel> {
  const { model: network } = unwrapModel<LayersModel | GraphModelLike>(model);
  return isGraphModel(network) ? findNodeKernels(network) : findLayerKernels(network);
}
