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
  // By their entries, since `forEach` passes over holes.
  for (const [index, channel] of channels.entries()) {
    if (Number.isInteger(channel) && channel >= 0 && channel < count) continue;
    throw new RangeError(
      `${name}[${index}]: expected a whole number from 0 to ${count - 1}, got ${describeValue(channel)}`,
    );
  }
}

/**
 * @param name The option that it came from.
 * @throws TypeError if `colormap` is no colour map.
 */
export function requireColormap(colormap: unknown, name = 'colormap'): void {
  const rgba: unknown = (colormap as Partial<Colormap> | null | undefined)?.rgba;
  // The built-in kind, which a Buffer and an array of another window have too.
  const isBytes = Object.prototype.toString.call(rgba) === '[object Uint8Array]';
  const length = isBytes ? (rgba as Uint8Array).length : 0;
  if (length === 1024) return;
  const got = isBytes ? `${length} bytes` : describeValue(rgba ?? colormap);
  const remedy =
    typeof colormap === 'string' ? ", such as schemeColormap('Inferno') of layerscope/colormaps" : '';
  throw new TypeError(
    `${name}: expected { name, rgba } with 256 × 4 bytes in a Uint8Array${remedy}, got ${got}`,
  );
}
