import { formatValue } from '../common/formatValue';
import type { PixelImage } from '../common/types';
import type { Preprocess } from '../image/Preprocess';
import { preprocessImages } from '../image/preprocessImages';
import type { ActivationModel } from '../model/selection/ActivationModel';

/**
 * Says what a network was given of a picture: the size, and what black and white have become. A network that gets another
 * range than it was trained with draws figures that look good and are wrong.
 *
 * @param given What `--preprocess` says, if anything.
 * @returns A line; nothing for a network that takes no picture.
 */
export function describeInput(
  { inputShape, preprocess: wanted = 'unit' }: Pick<ActivationModel, 'inputShape' | 'preprocess'>,
  image: PixelImage,
  given: Preprocess | undefined,
): string | undefined {
  if (inputShape.length !== 4) return undefined;
  const [, height, width, channels] = inputShape;
  const sizes = {
    height: height ?? image.height,
    width: width ?? image.width,
    channels: channels ?? image.data.length / (image.width * image.height),
  };
  const range = rangeOf(given ?? wanted, sizes.channels);
  const size = `${sizes.height} × ${sizes.width} × ${sizes.channels}`;
  return `input: ${size}, values ${range}${given === undefined ? (HINTS[String(wanted)] ?? '') : ''}`;
}

/** What comes without being asked for. */
const HINTS: Readonly<Record<string, string>> = {
  unit: ' (--preprocess tf for -1..1)',
  none: ', which the network asks for (--preprocess unit for 0..1)',
  tf: ', which Teachable Machine asks for (--preprocess unit for 0..1)',
};

/** From the lowest to the highest that a byte can become in any channel. */
function rangeOf(preprocess: Preprocess, channels: number): string {
  const data = Float32Array.from({ length: 2 * channels }, (_, at) => (at < channels ? 0 : 255));
  const values = preprocessImages({ batch: 1, height: 1, width: 2, channels, data }, preprocess).data;
  return `${formatValue(Math.min(...values), 3)}..${formatValue(Math.max(...values), 3)}`;
}
