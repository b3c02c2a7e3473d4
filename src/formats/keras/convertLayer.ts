import { convertBidirectional } from './convertBidirectional';
import { convertSettings } from './convertSettings';
import type { Writer } from './findWriter';
import { type KerasConfig, type KerasObject, MODEL } from './KerasConfig';
import { putKerasBatchNormalization } from './layers/putKerasBatchNormalization';
import { putKerasCenterCrop } from './layers/putKerasCenterCrop';
import { putKerasConcatenate } from './layers/putKerasConcatenate';
import { putKerasConv1D } from './layers/putKerasConv1D';
import { putKerasSoftmax } from './layers/putKerasSoftmax';
import { putKerasUpSampling2D } from './layers/putKerasUpSampling2D';
import { requireActivations } from './requireActivations';
import { requireKnownClass } from './requireKnownClass';
import { requireSupported } from './requireSupported';

/**
 * Converts one layer, with the model or the layer that is inside it.
 *
 * @param path Its name, behind those of the models that it is in.
 * @param writer Who has written it.
 * @param convertModel Converts a model that is used as a layer; its path ends in a `/`.
 * @throws Error if TensorFlow.js does not have it, or not as it is configured.
 */
export function convertLayer(
  layer: KerasObject,
  path: string,
  writer: Writer,
  convertModel: (model: KerasObject, path: string) => KerasObject,
): KerasObject {
  const { module: _, registered_name: __, ...rest } = layer;
  if (MODEL.test(layer.class_name)) return { ...rest, ...convertModel(layer, `${path}/`) };
  requireKnownClass(layer, path, writer);
  const config = convertSettings(layer.config, path, (inside, name) =>
    convertLayer(inside, `${path}/${name}`, writer, convertModel),
  );
  requireActivations(config, path, writer);
  requireSupported(layer.class_name, config, path, writer);
  return { ...rest, ...convertMeaning(layer.class_name, config, path, writer) };
}

/**
 * Writes what a layer does the way that TensorFlow.js reads it, where that is another one; and puts layers in the place of
 * those that compute something else. Where there is only one thing that a layer can mean, it does not matter who has
 * written it.
 */
function convertMeaning(
  className: string,
  config: KerasConfig,
  path: string,
  writer: Writer,
): { class_name: string; config: KerasConfig } {
  switch (className) {
    case 'UpSampling2D':
      return putKerasUpSampling2D(config, writer);
    case 'CenterCrop':
      return putKerasCenterCrop(config, writer);
    case 'Bidirectional':
      return { class_name: className, config: convertBidirectional(config, path) };
    case 'Identity': {
      // By that name, TensorFlow.js has an initializer.
      return { class_name: 'Activation', config: { ...config, activation: 'linear' } };
    }
    case 'LeakyReLU': {
      // Of one and the same, Keras 3 says how steep it is, Keras 2 and TensorFlow.js what alpha is.
      const { negative_slope: alpha = config.alpha, ...others } = config;
      return { class_name: className, config: { ...others, ...(alpha !== undefined && { alpha }) } };
    }
    case 'Softmax':
      return putKerasSoftmax(config);
    case 'BatchNormalization':
      return putKerasBatchNormalization(config);
    case 'Conv1D':
      return putKerasConv1D(config);
    case 'Concatenate':
      return putKerasConcatenate(config);
    case 'SeparableConv2D': {
      // Keras 2 writes them as those of any convolution, uses none of them, and TensorFlow.js refuses them.
      const { kernel_initializer: _, kernel_regularizer: __, kernel_constraint: ___, ...others } = config;
      return { class_name: className, config: others };
    }
    default:
      return { class_name: className, config };
  }
}
