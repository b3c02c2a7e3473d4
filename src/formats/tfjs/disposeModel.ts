import type { Tensor } from '@tensorflow/tfjs-core';
import { isGraphModel } from '../../model/graph/GraphModelLike';
import type { OpenedModel } from '../../model/OpenedModel';

/**
 * Frees all weights of a model. TensorFlow.js by itself leaves those of a Sequential inside of another one, which it counts
 * once more than it lets go of them.
 */
export function disposeModel(model: OpenedModel['model'] & { dispose(): unknown }): void {
  const weights = isGraphModel(model)
    ? []
    : model.weights.map((weight) => Reflect.get(weight, 'val') as Tensor);
  if (weights.length === 0 || weights.some(({ isDisposed }) => !isDisposed)) model.dispose();
  for (const weight of weights) if (!weight.isDisposed) weight.dispose();
}
