import { randomUniform, tidy, util, zeros } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * Draws a network's kernels anew, as the Glorot uniform initialiser does with a seed; TensorFlow.js leaves that seed unused
 * up to 4.1. Its biases become 0.
 *
 * @param seed Of the first kernel; the same one for two would give them the same first numbers.
 */
export function seedKernels(model: LayersModel, seed: number): void {
  tidy(() => {
    let kernels = 0;
    model.setWeights(
      model.getWeights().map(({ shape }) => {
        if (shape.length < 2) return zeros(shape);
        const [fanIn, fanOut] = shape.slice(-2) as [number, number];
        const average = (util.sizeFromShape(shape.slice(0, -2)) * (fanIn + fanOut)) / 2;
        const limit = Math.sqrt(3 * (1 / Math.max(1, average)));
        return randomUniform(shape, -limit, limit, 'float32', seed + kernels++);
      }),
    );
  });
}
