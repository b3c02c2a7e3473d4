import { serialization } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { quote } from '../../common/quote';
import type { Writer } from './findWriter';
import { isRecord, type KerasObject } from './KerasConfig';

/** Layers that only work while a model is trained. Of TensorFlow.js, the one that it has works always. */
const TRAINING_ONLY = /^Random|^(MixUp|CutMix|RandAugment|AutoContrast|Solarization|Equalization)$/;
/** Operations of Keras 3 that are the layer of that name, as long as the shapes of what they read have one length. */
const LIKE_LAYERS = /^(Add|Multiply|Maximum|Minimum)$/;

/**
 * Checks that TensorFlow.js has a class of layers, and means by its name what the writer of the model does.
 *
 * @throws Error naming the layer, what it is and what to do.
 */
export function requireKnownClass(layer: KerasObject, path: string, writer: Writer): void {
  const { class_name: className, module, registered_name: registered } = layer;
  if (
    TRAINING_ONLY.test(className) &&
    (!isLayer(className) || (className === 'RandomWidth' && writer !== 'tfjs'))
  ) {
    throw new Error(
      `the layer ${quote(path)} is a ${className}, which TensorFlow.js ${isLayer(className) ? 'would apply whether it is trained or not' : 'does not have'}; it does nothing once a model is trained: leave it out before converting`,
    );
  }
  if (typeof module === 'string' && /^keras\.(src\.)?ops/.test(module)) {
    if (LIKE_LAYERS.test(className) && readsOneLength(layer)) return;
    throw new Error(
      `the layer ${quote(path)} is the operation ${className} of keras.ops, which TensorFlow.js does not have; use a layer that does the same, or convert the model into a graph model`,
    );
  }
  if (typeof registered === 'string' && registered.includes('>') && isBuiltIn(className)) {
    throw new Error(
      `the layer ${quote(path)} is a ${className} of your own (${registered}), for which TensorFlow.js would take the ${className} that it has; give the class another name and register it with tf.serialization.registerClass, or convert the model into a graph model`,
    );
  }
  // The layer is written in another way; by its name, TensorFlow.js has an initializer.
  if (className === 'Identity' || isLayer(className)) return;
  throw new Error(
    `the layer ${quote(path)} is a ${className}, which TensorFlow.js does not have; leave it out before converting, write it with other layers, register a class of that name with tf.serialization.registerClass, or convert the model into a graph model`,
  );
}

function isLayer(className: string): boolean {
  const [known] = serialization.SerializationMap.getMap().classNameMap[className] ?? [];
  // Not by its class: a page may have a second copy of TensorFlow.js, whose layers are others.
  return known !== undefined && 'computeOutputShape' in known.prototype;
}

function isBuiltIn(className: string): boolean {
  return Object.keys(layers).some((name) => name.toLowerCase() === className.toLowerCase());
}

/** Whether all that an operation reads has as many sizes: others are put together as NumPy does it, which no layer does. */
function readsOneLength({ inbound_nodes: nodes }: KerasObject): boolean {
  const lengths = (Array.isArray(nodes) ? nodes : [])
    .flatMap((node: unknown) => (isRecord(node) && Array.isArray(node.args) ? node.args.flat() : []))
    .map((tensor: unknown) => {
      const shape = isRecord(tensor) && isRecord(tensor.config) ? tensor.config.shape : undefined;
      return Array.isArray(shape) ? shape.length : Number.NaN;
    });
  return lengths.length > 0 && lengths.every((length) => length === lengths[0]);
}
