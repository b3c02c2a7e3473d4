import { broadcast_util, reshape, sum, type Tensor } from '@tensorflow/tfjs-core';

/** Undoes a broadcast: sums over the axes along which an input of such a shape was repeated. */
export function sumToShape(gradient: Tensor, shape: number[]): Tensor {
  const axes = broadcast_util.getReductionAxes(shape, gradient.shape);
  return reshape(axes.length > 0 ? sum(gradient, axes) : gradient, shape);
}
