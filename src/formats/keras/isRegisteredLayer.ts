import { serialization } from '@tensorflow/tfjs-core';

/** Whether TensorFlow.js knows a class of layers by a name: one of its own, or one that somebody has registered. */
export function isRegisteredLayer(className: string): boolean {
  const [known] = serialization.SerializationMap.getMap().classNameMap[className] ?? [];
  // Not by its class: a page may have a second copy of TensorFlow.js, whose layers are others.
  return known !== undefined && 'computeOutputShape' in known.prototype;
}
