import { serialization } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

/** A class of layers that TensorFlow.js has, and does not export. */
export type LayerClass<Fields, Args = LayerArgs> = {
  new (args: Args): layers.Layer & Fields;
  readonly className: string;
  fromConfig: typeof layers.Layer.fromConfig;
};

/**
 * Registers a class of layers that does as one of TensorFlow.js does, but for what is wrong there; once.
 *
 * @param name Of the class that TensorFlow.js has.
 * @param extend Makes the new class of it.
 * @param shownName What its layers are to whoever asks, and in files: by default still of the old class. Where TensorFlow.js
 * would read such a file as something else, it must be the name that the new class is registered by.
 * @returns The name that the new class is registered by.
 */
export function extendLayer<Fields, Args = LayerArgs>(
  name: string,
  extend: (base: LayerClass<Fields, Args>) => LayerClass<Fields, Args>,
  shownName = name,
): string {
  const known = serialization.SerializationMap.getMap().classNameMap;
  const className = `Keras${name}`;
  if (className in known) return className;
  const extended = extend(known[name]![0] as unknown as LayerClass<Fields, Args>);
  Object.defineProperty(extended, 'className', { value: className });
  Object.defineProperty(extended.prototype, 'getClassName', { value: () => shownName });
  serialization.registerClass(extended as unknown as Parameters<typeof serialization.registerClass>[0]);
  return className;
}
