import { image, slice, type Tensor, type Tensor3D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';

export type Interpolation = 'bilinear' | 'nearest';

/**
 * Resizes images as `tf.image.resize` does: pixels are taken by their centres, and nothing is smoothed.
 *
 * @param input `[height, width, channels]`, or a batch of them.
 * @param isCropped Whether what does not fit the new shape is cut off around the middle first, as `smart_resize` does it.
 */
export function resizeImages(
  input: Tensor,
  [height, width]: readonly [height: number, width: number],
  interpolation: Interpolation,
  isCropped: boolean,
): Tensor {
  const resize = interpolation === 'nearest' ? image.resizeNearestNeighbor : image.resizeBilinear;
  return tidy(() => {
    const cropped = isCropped ? cropToAspect(input, height, width) : input;
    return resize(cropped as Tensor3D | Tensor4D, [height, width], false, true) as Tensor;
  });
}

function cropToAspect(input: Tensor, down: number, across: number): Tensor {
  const [height, width, channels] = input.shape.slice(-3) as [number, number, number];
  const rows = Math.max(1, Math.min(height, Math.floor((width * down) / across)));
  const columns = Math.max(1, Math.min(width, Math.floor((height * across) / down)));
  const batch = input.shape.slice(0, -3);
  const begin = [
    ...batch.map(() => 0),
    Math.floor((height - rows) / 2),
    Math.floor((width - columns) / 2),
    0,
  ];
  return slice(input, begin, [...batch, rows, columns, channels]);
}
