import { serialization } from '@tensorflow/tfjs-core';
import type { Writer } from '../findWriter';
import { isRegisteredLayer } from '../isRegisteredLayer';
import type { KerasConfig } from '../KerasConfig';
import { findKerasLayer } from './findKerasLayer';

/**
 * Puts a layer of ours in the place of one that TensorFlow.js does not have, or has without some of what it is configured to do.
 *
 * @returns Class and configuration; as they are where TensorFlow.js does the same, or somebody has registered a class of that name.
 */
export function putKerasLayer(
  name: string,
  config: KerasConfig,
  writer: Writer,
): { class_name: string; config: KerasConfig } {
  // Some are saved by a name of their own.
  const found = findKerasLayer(name.replace(/^Keras/, ''));
  if (!found || (isRegisteredLayer(name) && !isLacking(name, config, writer)))
    return { class_name: name, config };
  serialization.registerClass(found as unknown as Parameters<typeof serialization.registerClass>[0]);
  return { class_name: found.className, config };
}

/** Whether TensorFlow.js has a layer of that name and passes over something. */
function isLacking(name: string, config: KerasConfig, writer: Writer): boolean {
  switch (name) {
    case 'ELU':
      return typeof config.alpha === 'number' && config.alpha !== 1;
    case 'GlobalAveragePooling1D':
    case 'GlobalMaxPooling1D':
      return config.keepdims === true || config.data_format === 'channels_first';
    case 'GlobalAveragePooling2D':
    case 'GlobalMaxPooling2D':
      return config.keepdims === true;
    case 'RandomWidth':
      // That of TensorFlow.js works whether it is trained or not.
      return writer !== 'tfjs';
    default:
      return false;
  }
}
