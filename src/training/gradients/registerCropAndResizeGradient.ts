import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { addGradient } from './addGradient';

interface Attributes {
  readonly method: 'bilinear' | 'nearest';
}

/** Which two places a place of a crop is made of along an axis, and the share of the second. */
type Tap = readonly [low: number, high: number, share: number];

/**
 * Registers the gradient of `image.cropAndResize` with regard to the image, which tfjs lacks. Places of a crop that lie
 * outside of the image were made up and have none.
 *
 * @throws Error, when it is asked for, for the gradient of the boxes.
 */
export function registerCropAndResizeGradient(): void {
  addGradient<Attributes>('CropAndResize', ['image', 'boxes', 'boxInd'], (dy, saved, { method }) => {
    const [image, boxes, boxInd] = saved as [Tensor, Tensor, Tensor];
    const refuse = () => {
      throw new Error('Cannot compute gradient: gradient function not found for the boxes of CropAndResize.');
    };
    return { image: () => gradientOfImage(dy, image, boxes, boxInd, method), boxes: refuse, boxInd: refuse };
  });
}

function gradientOfImage(
  dy: Tensor,
  image: Tensor,
  boxes: Tensor,
  boxInd: Tensor,
  method: Attributes['method'],
): Tensor {
  const [batch, height, width, channels] = image.shape as [number, number, number, number];
  const [, cropHeight, cropWidth] = dy.shape as [number, number, number, number];
  const [values, corners, images] = [dy, boxes, boxInd].map((info) => info.dataSync());
  const dx = new Float32Array(batch * height * width * channels);
  for (const [box, at] of images!.entries()) {
    if (at < 0 || at >= batch) continue;
    const [top, left, bottom, right] = corners!.subarray(box * 4, box * 4 + 4) as Float32Array;
    const columns = tapsOf(left!, right!, width, cropWidth, method);
    for (const [row, vertical] of tapsOf(top!, bottom!, height, cropHeight, method).entries()) {
      for (const [column, horizontal] of columns.entries()) {
        const from = ((box * cropHeight + row) * cropWidth + column) * channels;
        for (const [y, shareY] of sharesOf(vertical)) {
          for (const [x, shareX] of sharesOf(horizontal)) {
            const to = ((at * height + y) * width + x) * channels;
            for (let channel = 0; channel < channels; channel++) {
              dx[to + channel]! += shareY * shareX * values![from + channel]!;
            }
          }
        }
      }
    }
  }
  return tensor(dx, image.shape);
}

/** Places of the image for each of a crop, by the formula of TensorFlow's kernel; none where it lies outside. */
function tapsOf(
  begin: number,
  end: number,
  length: number,
  count: number,
  method: Attributes['method'],
): (Tap | undefined)[] {
  const last = length - 1;
  return Array.from({ length: count }, (_, place) => {
    const source =
      count > 1 ? begin * last + (place * (end - begin) * last) / (count - 1) : ((begin + end) / 2) * last;
    if (source < 0 || source > last) return undefined;
    if (method === 'nearest') return [Math.round(source), Math.round(source), 0];
    return [Math.floor(source), Math.ceil(source), source - Math.floor(source)];
  });
}

function sharesOf(tap: Tap | undefined): [place: number, share: number][] {
  if (!tap) return [];
  const [low, high, share] = tap;
  return share === 0
    ? [[low, 1]]
    : [
        [low, 1 - share],
        [high, share],
      ];
}
