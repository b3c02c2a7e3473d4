import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ConvolutionKernel, KernelKind } from '../selection/ConvolutionKernel';
import { listUses } from './listUses';
import { requireLayersModel } from './requireLayersModel';

/** Does what `findKernels` does for a layers model. */
export function findLayerKernels(model: LayersModel): Map<string, ConvolutionKernel> {
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
