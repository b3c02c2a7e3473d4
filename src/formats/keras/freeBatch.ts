import { isRecord, type KerasObject } from './KerasConfig';

/**
 * Lets a model take any number of images at once, where it was built with one: Keras does not insist on it, and
 * TensorFlow.js does. Layers that remember what came before need theirs, and then nothing is changed.
 */
export function freeBatch(model: KerasObject): KerasObject {
  return JSON.stringify(model).includes('"stateful":true')
    ? model
    : { ...model, config: freeIn(model.config) };
}

function freeIn(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const free = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(free);
    return isRecord(value) ? freeIn(value) : value;
  };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      const isShape = key === 'batch_input_shape' && Array.isArray(value);
      return [key, isShape ? [null, ...value.slice(1)] : free(value)];
    }),
  );
}
