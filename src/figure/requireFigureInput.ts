import { describeValue, formatShape, requireWholeNumber } from '../common/errors';
import type { Activation, Colormap } from '../common/types';

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
      `activation: expected a shape such as [batch, height, width, channels], got a single number from layer ${JSON.stringify(activation.layerName)}, which has no map`,
    );
  }
  if (shape.some((size) => !Number.isSafeInteger(size) || size < 1)) {
    throw new RangeError(
      `activation: expected a shape such as [batch, height, width, channels], each at least 1, got ${formatShape(shape)}` +
        ` from layer ${JSON.stringify(activation.layerName)}`,
    );
  }
  const count = shape.reduce((product: number, size: number) => product * size, 1);
  if (activation.data.length !== count) {
    throw new RangeError(
      `activation: expected ${count} values for the shape ${formatShape(shape)}, got ${activation.data.length}`,
    );
  }
}

/** @throws RangeError if there is no such image in the batch. */
export function requireImage(image: number, batch: number): void {
  requireWholeNumber('image', image, 0);
  if (image >= batch) {
    throw new RangeError(`image: expected an index below the batch's ${batch}, got ${image}`);
  }
}

/** @throws TypeError if a list of channels is none; RangeError if there is no such channel. */
export function requireChannels(name: string, channels: readonly number[], count: number): void {
  if (!Array.isArray(channels) || channels.length === 0) {
    throw new TypeError(
      `${name}: expected an array of at least one channel's number, got ${describeValue(channels)}`,
    );
  }
  channels.forEach((channel: unknown, index) => {
    if (Number.isInteger(channel) && (channel as number) >= 0 && (channel as number) < count) return;
    throw new RangeError(
      `${name}[${index}]: expected a whole number from 0 to ${count - 1}, got ${describeValue(channel)}`,
    );
  });
}

/** @throws TypeError if `colormap` is no colour map. */
export function requireColormap(colormap: Colormap): void {
  const rgba: unknown = colormap?.rgba;
  // The built-in kind, which a Buffer and an array of another window have too.
  const isBytes = Object.prototype.toString.call(rgba) === '[object Uint8Array]';
  if (isBytes && colormap.rgba.length === 1024) return;
  const got = isBytes ? `${colormap.rgba.length} bytes` : describeValue(rgba ?? colormap);
  throw new TypeError(`colormap: expected { name, rgba } with 256 × 4 bytes in a Uint8Array, got ${got}`);
}
