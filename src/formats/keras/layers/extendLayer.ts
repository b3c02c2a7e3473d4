import { serialization } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

/** A class of layers that TensorFlow.js has, and does not export. */
export type LayerClass<Fields> = {
  new (args: LayerArgs): layers.Layer & Fields;
  readonly className: string;
  fromConfig: typeof layers.Layer.fromConfig;
};

/**
 * Registers a class of layers that does as one of TensorFlow.js does, but for what is wrong there; once.
 *
 * @param name Of the class that TensorFlow.js has.
 * @param extend Makes the new class of it. To whoever asks, and in files, its layers are still of the old one.
 * @returns The name that the new class is registered by.
 */
export function extendLayer<Fields>(
  name: string,
  extend: (base: LayerClass<Fields>) => LayerClass<Fields>,
): string {
  const known = serialization.SerializationMap.getMap().classNameMap;
  const className = `Keras${name}`;
  if (className in known) return className;
  const extended = extend(known[name]![0] as unknown as LayerClass<Fields>);
  Object.defineProperty(extended, 'className', { value: className });
  Object.defineProperty(extended.prototype, 'getClassName', { value: () => name });
  serialization.registerClass(extended as unknown as Parameters<typeof serialization.registerClass>[0]);
  return className;
}
