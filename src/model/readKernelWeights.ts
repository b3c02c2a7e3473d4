import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describeValue } from '../common/errors';
import { listNearest } from '../common/listNearest';
import { findKernels } from './findKernels';
import type { GraphModelLike } from './graph/GraphModelLike';
import type { OpenedModel } from './OpenedModel';
import type { KernelWeights } from './selection/ConvolutionKernel';

/**
 * Reads the weights of one convolution.
 *
 * @param path Of its layer.
 * @returns A copy; the model's tensors stay as they are.
 * @throws RangeError (the promise is rejected) if there is no two-dimensional convolution of this path, naming those there are;
 * TypeError if `model` is none.
 */
export async function readKernelWeights(
  model: LayersModel | GraphModelLike | OpenedModel,
  path: string,
): Promise<KernelWeights> {
  const kernels = findKernels(model);
  const kernel = kernels.get(path);
  if (!kernel) {
    const names = listNearest([...kernels.keys()], path);
    throw new RangeError(
      `layer: expected the path of a two-dimensional convolution, got ${describeValue(path)}; the model has ${names}`,
    );
  }
  const { kind, tensor } = kernel;
  const shape = [...tensor.shape] as [number, number, number, number];
  return { layer: path, kind, shape, weights: new Float32Array(await tensor.data()) };
}
