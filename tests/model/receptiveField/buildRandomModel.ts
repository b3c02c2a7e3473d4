import { tensor, tidy } from '@tensorflow/tfjs-core';
import {
  model as functional,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { randomSource } from '../../training/random';

export type Source = ReturnType<typeof randomSource>;
type Pair = [number, number];

/** A network of one to five layers of random kinds; the last one is called `end`. */
export function buildRandomModel(source: Source, [height, width]: readonly [number, number]): LayersModel {
  const image = input({ shape: [height, width, 1] });
  let top = layers.activation({ activation: 'linear' }).apply(image) as SymbolicTensor;
  for (let depth = source.whole(1, 5); depth > 0; depth--) {
    const next = addLayer(top, source);
    const [, rows, columns] = next.shape as [null, number, number];
    if (rows > 0 && columns > 0 && rows * columns < 2000) top = next;
  }
  const end = layers.activation({ activation: 'linear', name: 'end' }).apply(top) as SymbolicTensor;
  const model = functional({ inputs: image, outputs: end });
  fillWeights(model, source);
  return model;
}

/** Weights above 0, so that no two ways through the network cancel each other. */
function fillWeights(model: LayersModel, { floats }: Source): void {
  tidy(() => {
    model.setWeights(
      model.weights.map(({ shape }) => {
        const count = shape.reduce<number>((product, size) => product * size!, 1);
        return tensor(
          floats(count).map((value) => 0.3 + 0.2 * value),
          shape as number[],
        );
      }),
    );
  });
}

/**
 * tfjs 4.22 computes wrong values on WASM for convolutions with same padding where the windows leave values out at the
 * end of one axis (they are smaller than the stride), and the other axis is padded.
 */
function leavesOut([height, width]: Pair, [rows, columns]: Pair, [down, across]: Pair): boolean {
  const spare = (size: number, window: number, stride: number) =>
    size - (Math.ceil(size / stride) - 1) * stride - window;
  return spare(height, rows, down) > 0 || spare(width, columns, across) > 0;
}

function addLayer(below: SymbolicTensor, { whole, pick }: Source): SymbolicTensor {
  const [, height, width, channels] = below.shape as [null, number, number, number];
  const size: Pair = [height, width];
  const kernelSize: Pair = [whole(1, Math.min(5, height)), whole(1, Math.min(5, width))];
  const padding = pick(['same', 'valid'] as const);
  const strides: Pair = [whole(1, 3), whole(1, 3)];
  const square: Pair = pick([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  const paddingOf = (steps: Pair) => (leavesOut(size, kernelSize, steps) ? 'valid' : padding);
  // No stride beside a dilation: tfjs refuses that.
  const dilationRate: Pair = [whole(1, 3), whole(1, 3)];
  const fits = kernelSize.every((window, axis) => (window - 1) * dilationRate[axis]! < size[axis]!);
  const dilated = { filters: 2, kernelSize, dilationRate, padding: fits ? padding : ('same' as const) };
  const add = (layer: layers.Layer) => layer.apply(below) as SymbolicTensor;
  const convolve = (rows: number, columns: number, rate = 1) =>
    add(
      layers.conv2d({ filters: 2, kernelSize: [rows, columns], dilationRate: [rate, rate], padding: 'same' }),
    );
  const merge = (layer: layers.Layer, ...inputs: SymbolicTensor[]) => layer.apply(inputs) as SymbolicTensor;

  switch (whole(0, 17)) {
    case 0:
    case 1:
      return add(layers.conv2d({ filters: 2, kernelSize, padding: paddingOf(strides), strides }));
    case 2:
      return add(layers.conv2d(dilated));
    case 3:
      // The layer takes a dilation and does without it.
      return add(
        layers.depthwiseConv2d({
          kernelSize,
          padding: paddingOf(square),
          strides: square,
          dilationRate: pick([1, 2, 3]),
        }),
      );
    case 4:
      return add(
        layers.separableConv2d({ filters: 2, kernelSize, padding: paddingOf(square), strides: square }),
      );
    case 5:
      return add(layers.separableConv2d(dilated));
    case 6:
    case 7:
      return add(layers.conv2dTranspose({ filters: 2, kernelSize, padding, strides }));
    case 8:
      return add(layers.maxPooling2d({ poolSize: kernelSize, strides, padding }));
    case 9:
      return add(layers.averagePooling2d({ poolSize: kernelSize, strides, padding }));
    case 10: {
      const edges: [Pair, Pair] = [
        [whole(0, 2), whole(0, 2)],
        [whole(0, 3), whole(0, 3)],
      ];
      return add(layers.zeroPadding2d({ padding: edges }));
    }
    case 11: {
      const edges: [Pair, Pair] = [
        [whole(0, 2), whole(0, 1)],
        [whole(0, 1), whole(0, 2)],
      ];
      return Math.min(height, width) > 3 ? add(layers.cropping2D({ cropping: edges })) : below;
    }
    case 12:
      return add(
        layers.upSampling2d({
          size: [whole(1, 3), whole(1, 3)],
          interpolation: pick(['nearest', 'bilinear']),
        }),
      );
    case 13:
      return merge(layers.concatenate(), convolve(1, 3), convolve(5, 1), convolve(2, 2, 3));
    case 14:
      return merge(layers.add(), convolve(3, 3), convolve(1, 1), convolve(1, 5));
    case 15:
      return merge(layers.average(), convolve(3, 1), convolve(3, 3, 2));
    case 16: {
      const squeezed = add(layers.globalAveragePooling2d({}));
      const gate = layers.reshape({ targetShape: [1, 1, channels] }).apply(squeezed) as SymbolicTensor;
      return merge(layers.multiply(), below, gate);
    }
    default:
      return pick([layers.batchNormalization(), layers.dense({ units: 2 }), layers.prelu()]).apply(
        below,
      ) as SymbolicTensor;
  }
}
