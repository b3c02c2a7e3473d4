import { quotePath } from '../common/files/quotePath';
import type { PixelImage } from '../common/types';
import { drawDigit } from '../data/drawDigit';
import { fitDigit } from '../data/fitDigit';
import { decodeImageFile } from '../image/files/decodeImageFile';
import { largestFile, requireMaxPixels } from '../image/files/imageLimits';
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
 * @param maxPixels What the picture may have at the most.
 * @throws Error naming IMAGE and what is wrong with it.
 */
export async function readPicture(
  path: string | undefined,
  digit: number = DIGIT,
  isDigit = true,
  maxPixels?: number,
  stdin: AsyncIterable<Uint8Array> = process.stdin,
): Promise<Picture> {
  if (path === undefined) return { image: drawDigit(digit) };
  const reading = path === '-' ? decodeStream(stdin, maxPixels) : readImageFile(path, { maxPixels });
  const picture = await namePath('IMAGE', reading);
  if (!isDigit) return { image: picture };
  const fitted = fitDigit(picture);
  if (!fitted) {
    throw new Error(
      `IMAGE: expected a picture with something in it, got ${quotePath(path)}, which is all of one colour`,
    );
  }
  const { image, steps } = fitted;
  const scaled = image.width === 28 ? [] : [`scaled from ${image.width} × ${image.height} to 28 × 28`];
  return { image, note: `${path}: ${[...steps, ...scaled].join(', ')}` };
}

/** Decodes what comes in, which may have no end. */
async function decodeStream(
  stream: AsyncIterable<Uint8Array>,
  maxPixels: number | undefined,
): Promise<PixelImage> {
  const most = requireMaxPixels(maxPixels);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    length += piece.length;
    if (length > largestFile(most)) {
      throw new RangeError(
        `path: expected an image file of at most ${largestFile(most)} bytes, got "-" of more`,
      );
    }
    pieces.push(piece);
  }
  return decodeImageFile(new Uint8Array(Buffer.concat(pieces)), { argument: 'path', got: '"-"' }, most);
}
