/**
 * The output of one layer for one or more images, as plain data.
 *
 * `data` is row-major over `shape`; for a convolution that is `[batch, height, width, channels]`, the channel
 * being the index that moves fastest.
 */
export interface Activation {
  readonly layerName: string;
  /**
   * For people to read, in titles: the name of a node without what the names of all nodes of its graph begin with. Absent for
   * layers, and where it is no other name.
   */
  readonly shortName?: string;
  /** The layer's class as TensorFlow.js and Keras call it, for example `'Conv2D'`. */
  readonly className: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
  /**
   * The activation function that was left out, for example `'relu'`: the values are those that would go into it. Absent
   * where they are what the layer puts out.
   */
  readonly preActivation?: string;
  /**
   * True where something that goes into the layer is NaN, of the image or of its weights, and nothing that comes out is:
   * kernels of the WASM backend make NaN into a number, so the layer looks healthy. It is said of all images of the batch
   * together. Absent for others.
   */
  readonly lostNaN?: true;
}

/** 256 colours, from the lowest value to the highest: `rgba` holds 256 × (red, green, blue, alpha), each 0..255. */
export interface Colormap {
  readonly name: string;
  readonly rgba: Uint8Array;
}

/** One feature map of a figure. Positions and sizes are in cells: one cell shows one value. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Index of the channel that the tile shows, from 0. */
  readonly channel: number;
  /**
   * What the tile shows where that is no channel of a layer: `'mean of 16 maps'`, `'input 0, output 3'`. Absent for others.
   */
  readonly label?: string;
  /** Index of the slice that it shows of a channel that has three dimensions, from 0; absent for others. */
  readonly slice?: number;
  /** True where the map was asked to be marked as dead, and a cross is drawn over it; absent for others. */
  readonly dead?: boolean;
  /** Smallest finite value of the map; `NaN` where it has none. */
  readonly min: number;
  /** Largest finite value of the map; `NaN` where it has none. */
  readonly max: number;
  /**
   * Values of the first and the last colour of this map, where they are not {@link Tile.min} and {@link Tile.max}: after
   * percentiles, a centre or a logarithm of its own. Absent too where all maps share {@link Figure.domain}.
   */
  readonly domain?: readonly [lowest: number, highest: number];
  /** `width × height` palette indices, row-major. 0 where {@link Tile.missing} says that there is no colour. */
  readonly indices: Uint8Array;
  /**
   * `width × height × 3` bytes, row-major: red, green and blue of each cell, opaque, which are drawn in place of the colours
   * that {@link Tile.indices} stand for. The indices then say how light the cell is, for what draws without colours. Absent
   * where the colours are those of the palette.
   */
  readonly rgb?: Uint8Array;
  /** `width × height` flags, 1 where the value was NaN or infinite and is drawn transparent. Absent if none was. */
  readonly missing?: Uint8Array;
}

/** A grid of feature maps, coloured but not yet drawn: what every renderer takes. */
export interface Figure {
  readonly title: string;
  /** Size of the grid in cells, gaps included. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** In drawing order: row by row, from left to right. */
  readonly tiles: readonly Tile[];
  readonly colormap: Colormap;
  /**
   * The first and the last palette index that stand for values, where some at the ends have been set apart for colours of
   * their own (missing, below, above, dead); absent where all 256 stand for values.
   */
  readonly gradient?: readonly [first: number, last: number];
  /** `'log'` where the colours follow the logarithm of the values; absent where they follow the values. */
  readonly scale?: 'log';
  /** Values of the first and the last colour where all maps share them; absent where each map has its own range. */
  readonly domain?: readonly [lowest: number, highest: number];
  /** True where the layer has made NaN into numbers: see {@link Activation.lostNaN}. Absent for others. */
  readonly lostNaN?: true;
}

/** Turns a figure into some kind of picture. Pure; the output may be a promise. */
export type Renderer<Output> = (figure: Figure) => Output;

/**
 * Bytes in a buffer of their own, which a `Blob` takes: `Uint8Array<ArrayBuffer>` since TypeScript 5.7, `Uint8Array` before,
 * which has no such parameter.
 */
export type Bytes = ReturnType<Uint8ArrayConstructor['of']>;

/** The same of bytes that are clamped. */
type ClampedBytes = ReturnType<Uint8ClampedArrayConstructor['of']>;

/** Pixels as bytes: red, green, blue, alpha (not premultiplied), row-major. Fits the constructor of `ImageData`. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: ClampedBytes;
}

/** Numbers that an image may consist of: bytes and 16-bit samples, from black to white, and floats, which stand for themselves. */
export type PixelArray = Uint8Array | Uint8ClampedArray | Uint16Array | Float32Array | Float64Array;

/** Pixels with a size, such as `ImageData` and what `renderRgba` returns: 1 (grey), 3 (RGB) or 4 (RGBA) values each. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly data: PixelArray;
}
