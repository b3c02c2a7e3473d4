import type { Rgba } from '../common/parseColor';
import type { ImageBatch } from './imageBatch';

/** Weights of red, green and blue in the luma of Rec. ITU-R BT.709. */
const LUMA = [0.2126, 0.7152, 0.0722] as const;

/**
 * Converts between grey (1 channel), RGB (3) and RGBA (4): grey is repeated, colours become their Rec. 709 luma, and
 * what is transparent is laid over a background.
 *
 * @param channels How many the result has; the same number leaves the images as they are.
 * @param background For images with alpha; its own alpha is not used.
 * @returns `undefined` if there is no such conversion.
 */
export function convertChannels(
  images: ImageBatch,
  channels: number,
  background: Rgba,
): ImageBatch | undefined {
  if (images.channels === channels) return images;
  const convertible = [1, 3, 4];
  if (!convertible.includes(images.channels) || !convertible.includes(channels)) return undefined;

  const { white = 1 } = images;
  const pixels = images.batch * images.height * images.width;
  const data = new Float32Array(pixels * channels);
  const [backRed, backGreen, backBlue] = background.map((byte) => (byte / 255) * white);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = pixel * images.channels;
    let red = images.data[from]!;
    let green = images.channels === 1 ? red : images.data[from + 1]!;
    let blue = images.channels === 1 ? red : images.data[from + 2]!;
    if (images.channels === 4) {
      const alpha = images.data[from + 3]! / white;
      red = red * alpha + backRed! * (1 - alpha);
      green = green * alpha + backGreen! * (1 - alpha);
      blue = blue * alpha + backBlue! * (1 - alpha);
    }
    const to = pixel * channels;
    if (channels === 1) {
      data[to] = LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;
      continue;
    }
    data[to] = red;
    data[to + 1] = green;
    data[to + 2] = blue;
    if (channels === 4) data[to + 3] = white;
  }
  return { ...images, channels, data };
}
