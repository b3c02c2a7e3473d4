import type { Tensor } from '@tensorflow/tfjs-core';
import { describeValue, formatShape } from '../common/errors';
import type { PixelArray } from '../common/types';
import { isEncodedImage } from './files/isEncodedImage';
import type { ImageInput } from './ImageInput';
import type { ImageBatch } from './imageBatch';
import { isDrawable } from './isDrawable';
import type { Preprocess } from './Preprocess';

/** Images, and what is still to be done before a network gets them. */
export interface ReadImages extends ImageBatch {
  readonly preprocess?: Preprocess;
}

/**
 * Reads any kind of image into plain numbers.
 *
 * Bytes, 16-bit samples and bool tensors are pictures, and so are int32 tensors of 1, 3 or 4 channels: they become 0..1 if that
 * is what the network takes, or else 0..255, to be preprocessed. Other numbers stay as they are; where the caller says how
 * they are preprocessed, they are taken to be on the scale of bytes.
 *
 * @param preprocess What the caller says.
 * @param wanted What the network takes, where the caller says nothing.
 * @param maxPixels What a file or something drawn may have at the most.
 * @throws TypeError if `img` is of no known kind; RangeError if its shape is not an image's, if its data does not fill
 * the shape, or if a value is NaN or infinite.
 */
export async function readImage(
  img: ImageInput,
  preprocess?: Preprocess,
  wanted: Preprocess = 'unit',
  maxPixels?: number,
): Promise<ReadImages> {
  const { values, shape, largest } = await readNumbers(img, maxPixels);
  const [batch, height, width, channels] = toRank4(shape);
  const count = batch * height * width * channels;
  if (values.length !== count) {
    throw new RangeError(
      `img: expected ${count} values for the shape ${formatShape(shape)}, got ${values.length}`,
    );
  }
  const todo = largest !== undefined && preprocess === undefined ? wanted : preprocess;
  const isDone = largest === undefined ? todo === undefined : todo === 'unit';
  const data = await toFloats(values, shape, isDone ? (largest ?? 1) : (largest ?? 255) / 255);
  const images = { batch, height, width, channels, data };
  return isDone ? images : { ...images, white: 255, preprocess: todo! };
}

/**
 * @param divisor What each value is divided by.
 * @throws RangeError if a value is NaN or infinite, or too large for float32.
 */
export async function toFloats(
  values: ArrayLike<number>,
  shape: readonly number[],
  divisor: number,
): Promise<Float32Array> {
  const data = new Float32Array(values.length);
  if (isBytes(values)) {
    for (let at = 0; at < data.length; at++) data[at] = values[at]! / divisor;
    return data;
  }
  for (let at = 0; at < data.length; at++) {
    data[at] = values[at]! / divisor;
    // Checked as stored: a double beyond float32 has become infinite.
    if (!Number.isFinite(data[at])) throw (await import('./nonFinite')).nonFinite(values[at]!, at, shape);
  }
  return data;
}

/** Bytes are always finite. */
function isBytes(values: ArrayLike<number>): values is Uint8Array | Uint8ClampedArray {
  return values instanceof Uint8Array || values instanceof Uint8ClampedArray;
}

export interface RawValues {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
  /** The number that stands for white; absent where the values are no picture but stand for themselves. */
  readonly largest?: number | undefined;
}

/** Reads whatever can be an image, and the shape that it says it has, without looking further. */
export async function readNumbers(img: ImageInput, maxPixels?: number): Promise<RawValues> {
  if (Array.isArray(img)) return (await import('./flattenNumbers')).flattenNumbers(img);
  if (typeof img !== 'object' || img === null) throw unknownKind(img);
  if (isTensor(img)) return readTensor(img);
  if (isDrawable(img) || isEncodedImage(img)) {
    return readNumbers(await (await import('./readPicture')).readPicture(img, maxPixels));
  }
  const { data, shape, width, height } = img as {
    data?: unknown;
    shape?: unknown;
    width?: unknown;
    height?: unknown;
  };
  if (data === undefined) throw unknownKind(img);
  if (!isPixelArray(data)) {
    throw new TypeError(`img.data: expected ${Object.keys(LARGEST).join(', ')}, got ${describeValue(data)}`);
  }
  const largest = LARGEST[kindOf(data)];
  if (Array.isArray(shape)) return { values: data, shape, largest };
  if (shape !== undefined) {
    throw new TypeError(`img.shape: expected an array of sizes, got ${describeValue(shape)}`);
  }
  if (!isSize(width) || !isSize(height)) {
    throw new RangeError(
      `img: expected width and height of at least 1, got ${describeValue(width)} and ${describeValue(height)}`,
    );
  }
  const channels = data.length / (width * height);
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    const pixels = width * height;
    throw new RangeError(
      `img: expected ${pixels}, ${3 * pixels} or ${4 * pixels} values for ${width} × ${height} pixels (grey, RGB or RGBA), got ${data.length}`,
    );
  }
  return { values: data, shape: [height, width, channels], largest };
}

/** The number that stands for white in each kind of array; floats stand for themselves. */
const LARGEST: Readonly<Record<string, number | undefined>> = {
  Uint8Array: 255,
  Uint8ClampedArray: 255,
  Uint16Array: 65535,
  Float32Array: undefined,
  Float64Array: undefined,
};

function isTensor(img: object): img is Tensor {
  return 'dataId' in img && 'dtype' in img && 'shape' in img;
}

async function readTensor(tensor: Tensor): Promise<RawValues> {
  if (tensor.isDisposed) throw new Error('img: expected a live tensor, got one that has been disposed');
  if (tensor.dtype !== 'float32' && tensor.dtype !== 'int32' && tensor.dtype !== 'bool') {
    throw new TypeError(`img: expected a tensor of float32, int32 or bool, got ${tensor.dtype}`);
  }
  const { dtype, shape } = tensor;
  const channels = shape.length > 2 ? shape.at(-1)! : 1;
  // Whole numbers in another number of channels are measurements, or classes, but no bytes.
  const isBytes = dtype === 'int32' && [1, 3, 4].includes(channels);
  return { values: await tensor.data(), shape, largest: isBytes ? 255 : dtype === 'bool' ? 1 : undefined };
}

function isPixelArray(data: unknown): data is PixelArray {
  return ArrayBuffer.isView(data) && kindOf(data) in LARGEST;
}

/** The built-in kind of a typed array, which subclasses such as `Buffer` and arrays of another window have too. */
function kindOf(data: ArrayBufferView): string {
  return Object.prototype.toString.call(data).slice('[object '.length, -1);
}

function toRank4(shape: readonly number[]): [batch: number, height: number, width: number, channels: number] {
  if (shape.length < 2 || shape.length > 4 || !shape.every(isSize)) throw notAnImage(shape);
  if (shape.length === 2) return [1, shape[0]!, shape[1]!, 1];
  if (shape.length === 3) return [1, shape[0]!, shape[1]!, shape[2]!];
  return [shape[0]!, shape[1]!, shape[2]!, shape[3]!];
}

function notAnImage(shape: readonly number[]): RangeError {
  return new RangeError(
    `img: expected [height, width], [height, width, channels] or [batch, height, width, channels], each at least 1, got ${formatShape(shape)}`,
  );
}

function isSize(size: unknown): size is number {
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 1;
}

function unknownKind(img: unknown): TypeError {
  return new TypeError(
    'img: expected a tensor, { width, height, data }, { data, shape }, nested arrays, the bytes or the Blob of an image file, ' +
      `or on a page an image, canvas, video or ImageBitmap, got ${describeValue(img)}`,
  );
}
