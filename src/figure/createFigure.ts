import { viridis } from '../color/viridis';
import { describeValue, formatShape, requireOptions, requireString, requireWholeNumber } from '../errors';
import { requireGridSize } from '../grid/requireGridSize';
import type { Activation, Colormap, Figure, Tile } from '../types';
import { colorMap } from './colorMap';
import { measureMaps } from './measureMaps';
import { findDomain, requireScaling, type Scaling } from './scaling';

export interface FigureOptions {
  /**
   * Maps in a row at the most; a layer with fewer maps gets one row of them.
   * @defaultValue 8
   */
  columns?: number | undefined;
  /**
   * Text above the maps.
   * @defaultValue `'Layer: <layerName>'`, with "(k of n maps)" where not all are drawn
   */
  title?: string | undefined;
  /**
   * Space between maps, in cells (one cell shows one value).
   * @defaultValue 1
   */
  gap?: number | undefined;
  /**
   * Which image of the batch to draw, from 0.
   * @defaultValue 0
   */
  image?: number | undefined;
  /**
   * What the colours stand for: `'map'`, each map's own finite minimum and maximum; `'layer'`, those of all maps of the
   * layer in this image; or a fixed range `[lowest, highest]`, values beyond it getting the colour at its end.
   * @defaultValue `'map'`
   */
  scaling?: Scaling | undefined;
  /**
   * Which channels to draw, from 0, and in which order.
   * @defaultValue all, by number
   */
  channels?: readonly number[] | undefined;
  /**
   * The 256 colours from the lowest value to the highest.
   * @defaultValue `viridis`
   */
  colormap?: Colormap | undefined;
}

/**
 * Lays out the feature maps of one layer as the article draws them, and gives every value its palette index.
 *
 * Each map is scaled by its own finite minimum and maximum unless `scaling` says otherwise: t = (v - min) / (max - min),
 * as `matplotlib.colors.Normalize` does; the index is floor(t · 256), and 255 where t is 1. A constant map gets index 0.
 * NaN and the infinities are left out of minimum and maximum and marked in {@link Tile.missing}.
 *
 * @param activation Shape `[batch, height, width, channels]`, no size being 0.
 * @returns Plain data that shares no memory with `activation`.
 * @throws TypeError if `activation` is not an activation; RangeError if its shape or an option cannot be drawn.
 */
export function createFigure(activation: Activation, options: FigureOptions = {}): Figure {
  requireActivation(activation);
  requireOptions(options);
  const [batch, height, width, count] = activation.shape as [number, number, number, number];
  const {
    columns: maximumColumns = 8,
    gap = 1,
    image = 0,
    scaling = 'map',
    channels = Array.from({ length: count }, (_, channel) => channel),
    colormap = viridis,
  } = options;
  requireWholeNumber('columns', maximumColumns, 1);
  requireWholeNumber('gap', gap, 0);
  requireWholeNumber('image', image, 0);
  requireScaling(scaling);
  requireChannels(channels, count);
  requireColormap(colormap);
  const { title = titleOf(activation.layerName, channels.length, count) } = options;
  requireString('title', title);
  if (image >= batch) {
    throw new RangeError(`image: expected an index below the batch's ${batch}, got ${image}`);
  }

  const columns = Math.min(maximumColumns, channels.length);
  const rows = Math.ceil(channels.length / columns);
  const gridWidth = columns * (width + gap) - gap;
  const gridHeight = rows * (height + gap) - gap;
  requireGridSize('gap', gap, gridWidth, gridHeight);
  const size = height * width * count;
  const values = activation.data.subarray(image * size, (image + 1) * size);
  const ranges = measureMaps(values, count);
  const domain = findDomain(scaling, ranges);
  const tiles = channels.map((channel, index): Tile => {
    const range = ranges[channel]!;
    const [lowest, highest] = domain ?? [range.min, range.max];
    return {
      x: (index % columns) * (width + gap),
      y: Math.floor(index / columns) * (height + gap),
      width,
      height,
      channel,
      min: range.min,
      max: range.max,
      ...colorMap(values, count, channel, range, lowest, highest),
    };
  });

  return {
    title,
    width: gridWidth,
    height: gridHeight,
    columns,
    rows,
    tiles,
    colormap,
    ...(domain ? { domain } : {}),
  };
}

function titleOf(layerName: string, shown: number, count: number): string {
  return `Layer: ${layerName}${shown === count ? '' : ` (${shown} of ${count} maps)`}`;
}

function requireActivation(activation: Activation): void {
  const shape: unknown = activation?.shape;
  if (!Array.isArray(shape) || !(activation.data instanceof Float32Array)) {
    throw new TypeError(
      `activation: expected { layerName, className, shape, data: Float32Array }, got ${describeValue(activation)}`,
    );
  }
  if (shape.length !== 4 || shape.some((size) => !Number.isSafeInteger(size) || size < 1)) {
    throw new RangeError(
      `activation: expected the shape [batch, height, width, channels], each at least 1, got ${formatShape(shape)}` +
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

function requireChannels(channels: readonly number[], count: number): void {
  if (!Array.isArray(channels) || channels.length === 0) {
    throw new TypeError(
      `channels: expected an array of at least one channel's number, got ${describeValue(channels)}`,
    );
  }
  channels.forEach((channel: unknown, index) => {
    if (Number.isInteger(channel) && (channel as number) >= 0 && (channel as number) < count) return;
    throw new RangeError(
      `channels[${index}]: expected a whole number from 0 to ${count - 1}, got ${describeValue(channel)}`,
    );
  });
}

function requireColormap(colormap: Colormap): void {
  const rgba: unknown = colormap?.rgba;
  // The built-in kind, which a Buffer and an array of another window have too.
  const isBytes = Object.prototype.toString.call(rgba) === '[object Uint8Array]';
  if (isBytes && colormap.rgba.length === 1024) return;
  const got = isBytes ? `${colormap.rgba.length} bytes` : describeValue(rgba ?? colormap);
  throw new TypeError(`colormap: expected { name, rgba } with 256 × 4 bytes in a Uint8Array, got ${got}`);
}
