import type { LayersModel } from '@tensorflow/tfjs-layers';
import { findNodeKernels } from './graph/findNodeKernels';
import { type GraphModelLike, isGraphModel } from './graph/GraphModelLike';
import { listUses } from './layers/listUses';
import { requireLayersModel } from './layers/requireLayersModel';
import type { ConvolutionKernel, KernelKind } from './selection/ConvolutionKernel';

/**
 * Finds the kernels of two-dimensional convolutions, by the paths of their layers.
 *
 * @returns Their tensors are the model's, and stay so.
 * @throws TypeError if `model` is no model or is not built; Error if it has been disposed.
 */
export function findKernels(model: LayersModel | GraphModelLike): Map<string, ConvolutionKernel> {
  if (isGraphModel(model)) return findNodeKernels(model);
  requireLayersModel(model);
  return new Map(
    listUses(model).uses.flatMap(({ path, layer }) => {
      const className = layer.getClassName();
      const kernel = /2D(Transpose)?$/.test(className) ? layer.weights[0] : undefined;
      if (kernel?.shape.length !== 4) return [];
      return [[path, { kind: kindOf(className), tensor: kernel.read() }] as const];
    }),
  );
}

/** The first weights of a separable convolution are those of its depthwise part. */
function kindOf(className: string): KernelKind {
  if (/^(Depthwise|Separable)/.test(className)) return 'depthwise';
  return className.endsWith('Transpose') ? 'transposed' : 'plain';
}
