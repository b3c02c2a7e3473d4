import { formatShape } from '../common/errors';
import type { ImageInput } from './ImageInput';
import { imageShapeOf } from './imageShapeOf';
import type { ImageOptions, prepareImage } from './imageToTensor';
import type { Preprocess } from './Preprocess';

/** Numbers and the shape that an input takes them in. */
interface InputValues {
  readonly data: Float32Array;
  readonly shape: number[];
}

/**
 * Turns a picture into what an input takes that has no axis of channels: `[height, width]`, or as many values as a square has.
 * It becomes grey.
 *
 * @param inputShape What the input takes, the batch first, `null` for what is open.
 * @param prepare Is handed in, since it is loaded already.
 * @throws As `imageToTensor` does; RangeError (the promise is rejected) if the values are those of no square.
 */
export async function pictureValues(
  prepare: typeof prepareImage,
  img: ImageInput,
  inputShape: readonly (number | null)[],
  options: ImageOptions,
  wanted?: Preprocess,
): Promise<InputValues> {
  const imageShape = imageShapeOf(inputShape);
  if (!imageShape) {
    throw new RangeError(
      `img: expected numbers for the shape ${formatShape(inputShape)}, which is that of no grey picture and no square, got a picture`,
    );
  }
  const { batch, height, width, data } = (await prepare(img, imageShape, options, wanted)).values;
  return { data, shape: inputShape.length === 3 ? [batch, height, width] : [batch, height * width] };
}
