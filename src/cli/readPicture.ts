import { buffer } from 'node:stream/consumers';
import { quote } from '../common/quote';
import type { PixelImage } from '../common/types';
import { drawDigit } from '../data/drawDigit';
import { fitDigit } from '../data/fitDigit';
import { decodeImageFile } from '../node/decodeImageFile';
import { readImageFile } from '../node/readImageFile';
import { namePath } from './explainError';

/** The digit that is drawn where none was asked for. */
const DIGIT = 3;

export interface Picture {
  readonly image: PixelImage;
  /** What was done to the user's own picture, as a line to print. */
  readonly note?: string;
}

/**
 * Reads the user's picture, or draws a digit.
 *
 * @param path A path, `-` for stdin, or nothing for a digit.
 * @param isDigit Whether it is for the article's network, and is to be fitted to what that was trained on.
 * @throws Error naming IMAGE and what is wrong with it.
 */
export async function readPicture(
  path: string | undefined,
  digit: number = DIGIT,
  isDigit = true,
  stdin: NodeJS.ReadableStream = process.stdin,
): Promise<Picture> {
  if (path === undefined) return { image: drawDigit(digit) };
  const reading =
    path === '-' ? buffer(stdin).then((bytes) => decodeImageFile(bytes, '-')) : readImageFile(path);
  const picture = await namePath('IMAGE', reading);
  if (!isDigit) return { image: picture };
  const fitted = fitDigit(picture);
  if (!fitted) {
    throw new Error(
      `IMAGE: expected a picture with something in it, got ${quote(path, 100)}, which is all of one colour`,
    );
  }
  const { image, steps } = fitted;
  const scaled = image.width === 28 ? [] : [`scaled from ${image.width} × ${image.height} to 28 × 28`];
  return { image, note: `${path}: ${[...steps, ...scaled].join(', ')}` };
}
