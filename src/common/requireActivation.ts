import { describeValue, formatShape, requireString } from './errors';
import type { Activation } from './types';

/**
 * @param name What it is called, for the errors.
 * @throws TypeError if `activation` is not an activation; RangeError if its data does not fill its shape.
 */
export function requireActivation(activation: Activation, name = 'activation'): void {
  const shape: unknown = activation?.shape;
  if (!Array.isArray(shape) || !(activation.data instanceof Float32Array)) {
    throw new TypeError(
      `${name}: expected { layerName, className, shape, data: Float32Array }, got ${describeValue(activation)}`,
    );
  }
  requireString(`${name}.layerName`, activation.layerName);
  if (activation.shortName !== undefined) requireString(`${name}.shortName`, activation.shortName);
  if (activation.className !== undefined) requireString(`${name}.className`, activation.className);
  if (shape.length === 0) {
    throw new RangeError(
      `${name}: expected a shape such as [batch, height, width, channels], got a single number from layer ${describeValue(activation.layerName)}, which has no map`,
    );
  }
  if ([...shape].some((size) => !Number.isSafeInteger(size) || size < 1)) {
    throw new RangeError(
      `${name}: expected a shape such as [batch, height, width, channels], each at least 1, got ${describeShape(shape)}` +
        ` from layer ${describeValue(activation.layerName)}`,
    );
  }
  const count = shape.reduce((product: number, size: number) => product * size, 1);
  if (activation.data.length !== count) {
    throw new RangeError(
      `${name}: expected ${count} values for the shape ${describeShape(shape)}, got ${activation.data.length}`,
    );
  }
}

/** A shape may have any number of sizes. */
function describeShape(shape: readonly unknown[]): string {
  return shape.length <= 8 ? formatShape(shape) : formatShape([...shape.slice(0, 8), '…']);
}
