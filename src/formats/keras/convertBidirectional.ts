import { quote } from '../../common/quote';
import { isKerasObject, type KerasConfig, type KerasObject } from './KerasConfig';

/**
 * Writes a layer that goes both ways as TensorFlow.js reads it: by the layer that goes forward alone. Keras 3 writes that
 * which goes backward too, and says in their names which is which.
 *
 * @throws Error if the layer that goes backward is another one.
 */
export function convertBidirectional(config: KerasConfig, path: string): KerasConfig {
  const { backward_layer: backward, ...others } = config;
  const { layer } = config;
  if (!isKerasObject(layer) || !isKerasObject(backward)) return others;
  if (describe(layer, false) !== describe(backward, true)) {
    throw new Error(
      `the layer ${quote(path)} has a backward layer that is not its forward layer turned round, which TensorFlow.js would pass over; use two layers, one with go_backwards, and put them together`,
    );
  }
  return { ...others, layer: { ...layer, config: { ...layer.config, name: baseName(layer) } } };
}

/** What a layer computes, as text, with its name, and with the way that it goes turned round. */
function describe(layer: KerasObject, turned: boolean): string {
  const settings = Object.entries({ ...layer.config, name: baseName(layer) })
    // Where the weights began, and what each call of a layer is given, says nothing about what it computes.
    .filter(([key]) => !/initializer$|^(seed|dtype|trainable|batch_input_shape)$/.test(key))
    .map(([key, value]) => [key, key === 'go_backwards' ? (value === true) !== turned : value] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([layer.class_name, settings]);
}

function baseName({ config: { name } }: KerasObject): unknown {
  return typeof name === 'string' ? name.replace(/^(forward|backward)_/, '') : name;
}
