import { describeValue, formatShape } from './errors';
import { quote } from './quote';
import type { Activation } from './types';

/** @throws TypeError if `activation` is not an activation; RangeError if its data does not fill its shape. */
export function requireActivation(activation: Activation): void {
  const shape: unknown = activation?.shape;
  if (!Array.isArray(shape) || !(activation.data instanceof Float32Array)) {
    throw new TypeError(
      `activation: expected { layerName, className, shape, data: Float32Array }, got ${describeValue(activation)}`,
    );
  }
  if (shape.length === 0) {
    throw new RangeError(
      `activation: expected a shape such as [batch, height, width, channels], got a single number from layer ${quote(activation.layerName)}, which has no map`,
    );
  }
  if (shape.some((size) => !Number.isSafeInteger(size) || size < 1)) {
    throw new RangeError(
      `activation: expected a shape such as [batch, height, width, channels], each at least 1, got ${formatShape(shape)}` +
        ` from layer ${quote(activation.layerName)}`,
    );
  }
  const count = shape.reduce((product: number, size: number) => product * size, 1);
  if (activation.data.length !== count) {
    throw new RangeError(
      `activation: expected ${count} values for the shape ${formatShape(shape)}, got ${activation.data.length}`,
    );
  }
}
