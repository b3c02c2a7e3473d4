import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { listUses } from './listUses';
import { requireLayersModel } from './requireLayersModel';

/** Does what `findKernels` does for a layers model. */
export function findLayerKernels(model: LayersModel): Map<string, Tensor> {
  requireLayersModel(model);
  return new Map(
    listUses(model).uses.flatMap(({ path, layer }) => {
      const kernel = /2D(Transpose)?$/.test(layer.getClassName()) ? layer.weights[0] : undefined;
      return kernel?.shape.length === 4 ? [[path, kernel.read()] as const] : [];
    }),
  );
}
