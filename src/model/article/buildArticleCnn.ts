import { getBackend } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { requireWholeNumber } from '../../common/errors';
import { requireOptions } from '../../common/requireOptions';
import { seedKernels } from './seedKernels';

export interface BuildArticleCnnOptions {
  /**
   * Seed of the random initial weights, for the same network each time.
   * @defaultValue another network each time
   */
  seed?: number | undefined;
}

/**
 * Builds the article's network for 28 × 28 grey images and 10 classes, untrained and uncompiled: conv1 (16 filters
 * of 3 × 3, ReLU), max pooling, conv2 (32 filters of 3 × 3, ReLU), max pooling, flatten, dense (softmax); 12,810
 * parameters.
 *
 * Names and initialisers are those of Keras (Glorot uniform kernels, zero biases), not tfjs-layers' own defaults.
 *
 * @returns A model that the caller disposes.
 * @throws Error if no backend has been set: `await useWasmBackend()` first. RangeError if `seed` is no whole number; TypeError for an option that there is not.
 */
export function buildArticleCnn(options: BuildArticleCnnOptions = {}): LayersModel {
  requireOptions(options, { seed: true });
  const { seed } = options;
  if (seed !== undefined) requireWholeNumber('seed', seed, 0);
  if (!getBackend()) {
    throw new Error(
      'buildArticleCnn: expected a backend for the weights, got none; call `await useWasmBackend()` first',
    );
  }

  const model = sequential({
    name: 'article_cnn',
    layers: [
      layers.conv2d({
        name: 'conv1',
        inputShape: [28, 28, 1],
        filters: 16,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: 'glorotUniform',
        biasInitializer: 'zeros',
      }),
      layers.maxPooling2d({ name: 'max_pooling2d', poolSize: 2 }),
      layers.conv2d({
        name: 'conv2',
        filters: 32,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: 'glorotUniform',
        biasInitializer: 'zeros',
      }),
      layers.maxPooling2d({ name: 'max_pooling2d_1', poolSize: 2 }),
      layers.flatten({ name: 'flatten' }),
      layers.dense({
        name: 'dense',
        units: 10,
        activation: 'softmax',
        kernelInitializer: 'glorotUniform',
        biasInitializer: 'zeros',
      }),
    ],
  });
  if (seed !== undefined) seedKernels(model, seed * 3);
  return model;
}
