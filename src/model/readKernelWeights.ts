import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describeValue } from '../common/errors';
import { listNearest } from '../common/listNearest';
import { findKernels } from './findKernels';
import { findFullNames } from './graph/findFullNames';
import { type GraphModelLike, isGraphModel } from './graph/GraphModelLike';
import { readNodes } from './graph/readNodes';
import { shortenNames } from './graph/shortenNames';
import type { OpenedModel } from './OpenedModel';
import type { KernelWeights } from './selection/ConvolutionKernel';
import { unwrapModel } from './unwrapModel';

/**
 * Reads the weights of one convolution.
 *
 * @param path Of its layer; of a node, its short name too.
 * @returns A copy; the model's tensors stay as they are.
 * @throws RangeError (the promise is rejected) if there is no two-dimensional convolution of this path, naming those there are;
 * TypeError if `model` is none.
 */
export async function readKernelWeights(
  given: LayersModel | GraphModelLike | OpenedModel,
  path: string,
): Promise<KernelWeights> {
  const { model } = unwrapModel<LayersModel | GraphModelLike>(given);
  const kernels = findKernels(model);
  const names = isGraphModel(model) ? readNodes(model).map(({ name }) => name) : [];
  const [fullPath = path] = findFullNames(names, [path]);
  const shortName = shortenNames(names)[names.indexOf(fullPath)];
  const kernel = kernels.get(fullPath);
  if (!kernel) {
    const names = listNearest([...kernels.keys()], path);
    throw new RangeError(
      `layer: expected the path of a two-dimensional convolution, got ${describeValue(path)}; the model has ${names}`,
    );
  }
  const { kind, tensor } = kernel;
  const shape = [...tensor.shape] as [number, number, number, number];
  return {
    layer: fullPath,
    ...(shortName !== undefined && shortName !== fullPath && { shortName }),
    kind,
    shape,
    weights: new Float32Array(await tensor.data()),
  };
}
