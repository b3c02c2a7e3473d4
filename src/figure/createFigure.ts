import { viridis } from '../color/viridis';
import { describeValue, formatShape, requireOptions, requireString, requireWholeNumber } from '../errors';
import { requireGridSize } from '../grid/requireGridSize';
import type { Activation, Colormap, Figure, Tile } from '../types';
import { colorMaps } from './colorMaps';

export interface FigureOptions {
  /**
   * Maps in a row at the most; a layer with fewer maps gets one row of them.
   * @defaultValue 8
   */
  columns?: number | undefined;
  /**
   * Text above the maps.
   * @defaultValue `'Layer: <layerName>'`
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
   * The 256 colours from the lowest value to the highest.
   * @defaultValue `viridis`
   */
  colormap?: Colormap | undefined;
}

/**
 * Lays out the feature maps of one layer as the article draws them, and gives every value its palette index.
 *
 * Each map is scaled by its own finite minimum and maximum, t = (v - min) / (max - min), as
 * `matplotlib.colors.Normalize` does; the index is floor(t · 256), and 255 where t is 1. A constant map gets index 0.
 * NaN and the infinities are left out of minimum and maximum and marked in {@link Tile.missing}.
 *
 * @param activation Shape `[batch, height, width, channels]`, no size being 0.
 * @returns Plain data that shares no memory with `activation`.
 * @throws TypeError if `activation` is not an activation; RangeError if its shape or an option cannot be drawn.
 */
export function createFigure(activation: Activation, options: FigureOptions = {}): Figure {
  requireActivation(activation);
  requireOptions(options);
  const {
    columns: maximumColumns = 8,
    title = `Layer: ${activation.layerName}`,
    gap = 1,
    image = 0,
    colormap = viridis,
  } = options;
  requireWholeNumber('columns', maximumColumns, 1);
  requireWholeNumber('gap', gap, 0);
  requireWholeNumber('image', image, 0);
  requireColormap(colormap);
  requireString('title', title);
  const [batch, height, width, channels] = activation.shape as [number, number, number, number];
  if (image >= batch) {
    throw new RangeError(`image: expected an index below the batch's ${batch}, got ${image}`);
  }

  const columns = Math.min(maximumColumns, channels);
  const rows = Math.ceil(channels / columns);
  const gridWidth = columns * (width + gap) - gap;
  const gridHeight = rows * (height + gap) - gap;
  requireGridSize('gap', gap, gridWidth, gridHeight);
  const size = height * width * channels;
  const values = activation.data.subarray(image * size, (image + 1) * size);
  const tiles = colorMaps(values, height * width, channels).map(
    (map, channel): Tile => ({
      x: (channel % columns) * (width + gap),
      y: Math.floor(channel / columns) * (height + gap),
      width,
      height,
      channel,
      ...map,
    }),
  );

  return {
    title,
    width: gridWidth,
    height: gridHeight,
    columns,
    rows,
    tiles,
    colormap,
  };
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

function requireColormap(colormap: Colormap): void {
  const rgba: unknown = colormap?.rgba;
  // The built-in kind, which a Buffer and an array of another window have too.
  const isBytes = Object.prototype.toString.call(rgba) === '[object Uint8Array]';
  if (isBytes && colormap.rgba.length === 1024) return;
  const got = isBytes ? `${colormap.rgba.length} bytes` : describeValue(rgba ?? colormap);
  throw new TypeError(`colormap: expected { name, rgba } with 256 × 4 bytes in a Uint8Array, got ${got}`);
}
