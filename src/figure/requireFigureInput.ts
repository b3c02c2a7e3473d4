import { describeValue, requireWholeNumber } from '../common/errors';
import type { Colormap } from '../common/types';

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
