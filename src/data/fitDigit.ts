import { describeValue } from '../common/errors';
import { HOW_TO_DECODE } from '../common/howToDecode';
import type { PixelImage } from '../common/types';

/** Grey values, of 256, that a picture must span for something to be in it: a blank one spans a few in a JPEG. */
const CONTRAST = 12;

/** Part of the span from paper to ink at which ink begins: above the noise, below the edge of a stroke. */
const INK = 1 / 3;

/** Pixels that a digit's longer side is left with at the least: ten for each of the twenty that the network sees. */
const ENOUGH = 200;

/** A picture of a digit as the article's network takes it, once it has been made smaller. */
export interface FittedDigit {
  /** A square of grey values, 0 for paper to 1 for ink. */
  readonly image: PixelImage & { readonly data: Float32Array };
  /** What was done to the picture, in words, one step after the other. */
  readonly steps: readonly string[];
}

type Levels = { readonly paper: number; readonly ink: number };
type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
type GreyImage = PixelImage & { readonly data: Float32Array };

/**
 * Makes any picture of a digit into what the article's network was trained on: light strokes on black, placed as MNIST's
 * are, the longer side 20 of 28 pixels, the centre of mass in the middle.
 *
 * @param picture RGBA bytes of any size, dark on light or light on dark; stays as it is. `readImageFile` makes them of a file, on
 * a page `getImageData` of a canvas.
 * @returns A square that is yet to be resized to 28 × 28, best with `resize: 'antialias'`; `undefined` if the picture is
 * all of one colour.
 * @throws TypeError if `picture` has no such bytes.
 */
export function fitDigit(picture: PixelImage): FittedDigit | undefined {
  requireRgba(picture);
  const steps: string[] = [];
  const grey = toGrey(picture, steps);
  const levels = findLevels(grey, picture);
  if (!levels) return undefined;
  const { paper, ink } = levels;
  if (ink < paper) steps.push('inverted, since it is dark on light');
  if (Math.abs(ink - paper) < 128) steps.push('raised in contrast');

  // How much ink each grey value is, 0..1.
  const strength = Float32Array.from({ length: 256 }, (_, value) =>
    Math.min(Math.max((value - paper) / (ink - paper), 0), 1),
  );
  const box = findInk(grey, picture.width, strength);
  const digit = cutOut(grey, picture.width, strength, box);
  steps.push(
    `cropped to what is drawn, ${box.width} × ${box.height} of ${picture.width} × ${picture.height}`,
  );
  if (digit.width < box.width) steps.push(`shrunk to ${digit.width} × ${digit.height}`);

  const image = placeInSquare(digit);
  steps.push(`centred by its mass in a square of ${image.width} × ${image.height}`);
  return { image, steps };
}

/** Rec. 709 luma, 0..255, over white; over black where what is drawn on transparency is light. */
function toGrey({ width, height, data }: PixelImage, steps: string[]): Uint8ClampedArray {
  const grey = new Uint8ClampedArray(width * height);
  let [light, opaque] = [0, 0];
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 4) {
    grey[pixel] = 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
    light += grey[pixel]! * data[at + 3]!;
    opaque += data[at + 3]!;
  }
  if (opaque === 255 * grey.length) return grey;
  const backdrop = light > 127.5 * opaque ? 0 : 255;
  steps.push(`laid over ${backdrop === 0 ? 'black' : 'white'}`);
  for (let pixel = 0; pixel < grey.length; pixel++) {
    grey[pixel] = backdrop + (grey[pixel]! - backdrop) * (data[pixel * 4 + 3]! / 255);
  }
  return grey;
}

/** Paper is what the border shows most, ink what differs most from it. */
function findLevels(grey: Uint8ClampedArray, { width, height }: PixelImage): Levels | undefined {
  const border: number[] = [];
  for (let x = 0; x < width; x++) border.push(grey[x]!, grey[(height - 1) * width + x]!);
  for (let y = 0; y < height; y++) border.push(grey[y * width]!, grey[(y + 1) * width - 1]!);
  const paper = border.sort((one, other) => one - other)[border.length >> 1]!;
  let [darkest, lightest] = [255, 0];
  for (const value of grey) {
    if (value < darkest) darkest = value;
    if (value > lightest) lightest = value;
  }
  if (lightest - darkest < CONTRAST) return undefined;
  return { paper, ink: paper - darkest > lightest - paper ? darkest : lightest };
}

/** The smallest box around all that is ink. */
function findInk(grey: Uint8ClampedArray, stride: number, strength: Float32Array): Box {
  let [left, right, top, bottom] = [stride, 0, grey.length, 0];
  for (let y = 0, at = 0; at < grey.length; y++) {
    for (let x = 0; x < stride; x++, at++) {
      if (strength[grey[at]!]! < INK) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The ink in a box; in a large one, means of blocks of pixels, so that what follows is quick. */
function cutOut(
  grey: Uint8ClampedArray,
  stride: number,
  strength: Float32Array,
  { left, top, width, height }: Box,
): GreyImage {
  const block = Math.max(1, Math.floor(Math.max(width, height) / ENOUGH));
  const small = { width: Math.ceil(width / block), height: Math.ceil(height / block) };
  const data = new Float32Array(small.width * small.height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / block) * small.width;
    const start = (top + y) * stride + left;
    for (let x = 0; x < width; x++) data[row + Math.floor(x / block)]! += strength[grey[start + x]!]!;
  }
  // A block that the box ends in is partly paper.
  for (let at = 0; at < data.length; at++) data[at]! /= block * block;
  return { ...small, data };
}

/** MNIST's way: the longer side 20 of 28 pixels, the centre of mass in the middle. */
function placeInSquare({ width, height, data }: GreyImage): GreyImage {
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      mass += data[at]!;
      sumX += data[at]! * (x + 0.5);
      sumY += data[at]! * (y + 0.5);
    }
  }
  const edge = Math.round((Math.max(width, height) * 28) / 20);
  // No further than the edge, which would cut off what is drawn.
  const place = (centre: number, length: number) =>
    Math.min(Math.max(Math.round(edge / 2 - centre), 0), edge - length);
  const [left, top] = [place(sumX / mass, width), place(sumY / mass, height)];
  const square = new Float32Array(edge * edge);
  for (let y = 0; y < height; y++) {
    square.set(data.subarray(y * width, (y + 1) * width), (top + y) * edge + left);
  }
  return { width: edge, height: edge, data: square };
}

function requireRgba(picture: PixelImage): void {
  const { width, height, data } = picture ?? {};
  const isBytes = data instanceof Uint8ClampedArray || data instanceof Uint8Array;
  const isSized = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  if (isBytes && isSized && data.length === width * height * 4) return;
  const got = isBytes
    ? `${data.length} bytes for ${describeValue(width)} × ${describeValue(height)}`
    : `${describeValue(picture)}; ${HOW_TO_DECODE}`;
  throw new TypeError(`picture: expected { width, height, data } with 4 bytes a pixel, got ${got}`);
}
