import { layers } from '@tensorflow/tfjs-layers';
import { quote } from '../../common/quote';
import { isRegisteredLayer } from './isRegisteredLayer';
import { isRecord, type KerasObject } from './KerasConfig';
import { findKerasLayer } from './layers/findKerasLayer';

/** Operations of Keras 3 that are the layer of that name, as long as the shapes of what they read have one length. */
const LIKE_LAYERS = /^(Add|Subtract|Multiply|Maximum|Minimum)$/;

/**
 * Checks that TensorFlow.js has a class of layers, and means by its name what the writer of the model does.
 *
 * @throws Error naming the layer, what it is and what to do.
 */
export function requireKnownClass(layer: KerasObject, path: string): void {
  const { class_name: className, module, registered_name: registered } = layer;
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
  if (className === 'Identity' || isRegisteredLayer(className) || isOurs(className)) return;
  throw new Error(
    `the layer ${quote(path)} is a ${className}, which TensorFlow.js does not have; leave it out before converting, write it with other layers, register a class of that name with tf.serialization.registerClass, or convert the model into a graph model`,
  );
}

/** Some layers of ours are saved by a name of their own. */
function isOurs(className: string): boolean {
  return findKerasLayer(className.replace(/^Keras/, '')) !== undefined;
}

function isBuiltIn(className: string): boolean {
  return (
    isOurs(className) || Object.keys(layers).some((name) => name.toLowerCase() === className.toLowerCase())
  );
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
