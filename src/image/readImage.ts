import type { Tensor } from '@tensorflow/tfjs-core';
import { describeValue, formatShape } from '../common/errors';
import type { PixelArray } from '../common/types';
import type { ImageInput } from './ImageInput';
import type { ImageBatch } from './imageBatch';
import { isDrawable } from './isDrawable';

/**
 * Reads any kind of image into plain numbers. Bytes and int32 tensors, 0..255, become 0..1, and so do 16-bit samples;
 * floats stay as they are.
 *
 * @throws TypeError if `img` is of no known kind; RangeError if its shape is not an image's, if its data does not fill
 * the shape, or if a value is NaN or infinite.
 */
export async function readImage(img: ImageInput): Promise<ImageBatch> {
  const { values, shape, largest } = await readNumbers(img);
  const [batch, height, width, channels] = toRank4(shape);
  const count = batch * height * width * channels;
  if (values.length !== count) {
    throw new RangeError(
      `img: expected ${count} values for the shape ${formatShape(shape)}, got ${values.length}`,
    );
  }
  return { batch, height, width, channels, data: await toFloats(values, shape, largest) };
}

/**
 * @param largest The number that becomes 1.
 * @throws RangeError if a value is NaN or infinite, or too large for float32.
 */
export async function toFloats(
  values: ArrayLike<number>,
  shape: readonly number[],
  largest: number,
): Promise<Float32Array> {
  const data = new Float32Array(values.length);
  for (let at = 0; at < data.length; at++) {
    data[at] = values[at]! / largest;
    // Checked as stored: a double beyond float32 has become infinite.
    if (!Number.isFinite(data[at])) throw (await import('./nonFinite')).nonFinite(values[at]!, at, shape);
  }
  return data;
}

export interface RawValues {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
  /** The number that stands for 1. */
  readonly largest: number;
}

/** Reads whatever can be an image, and the shape that it says it has, without looking further. */
export async function readNumbers(img: ImageInput): Promise<RawValues> {
  if (Array.isArray(img)) return (await import('./flattenNumbers')).flattenNumbers(img);
  if (typeof img !== 'object' || img === null) throw unknownKind(img);
  if (isTensor(img)) return readTensor(img);
  if (isDrawable(img)) return readNumbers((await import('./readDrawable')).readDrawable(img));
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
  const largest = LARGEST[kindOf(data)]!;
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

/** The number that stands for 1 in each kind of array; floats stand for themselves. */
const LARGEST: Readonly<Record<string, number>> = {
  Uint8Array: 255,
  Uint8ClampedArray: 255,
  Uint16Array: 65535,
  Float32Array: 1,
  Float64Array: 1,
};

function isTensor(img: object): img is Tensor {
  return 'dataId' in img && 'dtype' in img && 'shape' in img;
}

async function readTensor(tensor: Tensor): Promise<RawValues> {
  if (tensor.isDisposed) throw new Error('img: expected a live tensor, got one that has been disposed');
  if (tensor.dtype !== 'float32' && tensor.dtype !== 'int32' && tensor.dtype !== 'bool') {
    throw new TypeError(`img: expected a tensor of float32, int32 or bool, got ${tensor.dtype}`);
  }
  const values = await tensor.data();
  return { values, shape: tensor.shape, largest: tensor.dtype === 'int32' ? 255 : 1 };
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
    'img: expected a tensor, { width, height, data }, { data, shape }, nested arrays, or on a page an image, canvas, ' +
      `video or ImageBitmap, got ${describeValue(img)}`,
  );
}
