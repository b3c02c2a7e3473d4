import { serialization } from '@tensorflow/tfjs-core';
import { describeValue } from '../../common/errors';
import type { KerasConfig } from './KerasConfig';

/** Options that TensorFlow.js passes over, by class, with the only values for which that makes no difference. */
const PASSED_OVER: readonly (readonly [
  classes: RegExp,
  option: string,
  harmless: readonly unknown[],
  instead: string,
])[] = [
  [/^Conv\dD$/, 'groups', [1], 'use a convolution for each group, or a DepthwiseConv2D'],
  [/^Conv\dDTranspose$/, 'output_padding', [null], 'put a ZeroPadding2D behind it'],
  [/^ReLU$/, 'negative_slope', [0], 'use a LeakyReLU'],
  [/^ReLU$/, 'threshold', [0], 'use a ThresholdedReLU'],
  [/^Global\w+Pooling\dD$/, 'keepdims', [false], 'put a Reshape behind it'],
  [/^LayerNormalization$/, 'rms_scaling', [false], 'leave rms_scaling out'],
  [/^UpSampling2D$/, 'interpolation', ['nearest', 'bilinear'], 'use nearest or bilinear'],
];

/** Layers that only work while a model is trained. */
const TRAINING_ONLY = /^Random|^(MixUp|CutMix|RandAugment|AutoContrast|Solarization|Equalization)$/;

/**
 * Checks that TensorFlow.js has a class of layers, and does all that a layer is configured to do.
 *
 * @throws Error naming the layer, what is wrong and what to do.
 */
export function requireSupported(
  className: string,
  config: KerasConfig,
  path: string,
  isKeras3: boolean,
): void {
  const known: Readonly<Record<string, unknown>> = serialization.SerializationMap.getMap().classNameMap;
  if (!(className in known)) {
    throw new Error(
      `the layer "${path}" is a ${className}, which TensorFlow.js does not have; ${
        TRAINING_ONLY.test(className)
          ? 'it does nothing once a model is trained: leave it out before converting'
          : 'leave it out before converting, write it with other layers, register a class of that name with tf.serialization.registerClass, or convert the model into a graph model'
      }`,
    );
  }
  if (isKeras3 && className === 'Resizing') {
    throw new Error(
      `the layer "${path}" is a Resizing, which Keras 3 computes otherwise than TensorFlow.js; leave it out, and give images of its size`,
    );
  }
  for (const [option, value] of Object.entries(config)) {
    if (isKeras3 && option.endsWith('activation') && value === 'hard_sigmoid') {
      throw new Error(
        `the layer "${path}" has the activation function "hard_sigmoid", which Keras 3 computes otherwise than TensorFlow.js; use "sigmoid"`,
      );
    }
    if (!option.endsWith('activation') || typeof value !== 'string') continue;
    if (toCamelCase(value) in known || value in known) continue;
    throw new Error(
      `the layer "${path}" has the activation function ${describeValue(value)}, which TensorFlow.js does not have; use another one, or convert the model into a graph model`,
    );
  }
  for (const [classes, option, harmless, instead] of PASSED_OVER) {
    const value = config[option];
    if (!classes.test(className) || value === undefined || harmless.includes(value)) continue;
    throw new Error(
      `the layer "${path}" is a ${className} with ${option} ${describeValue(value)}, which TensorFlow.js would pass over; ${instead}`,
    );
  }
}

function toCamelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
