import { memory, type Tensor, tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import {
  model as functional,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { buildArticleCnn } from '../../src/model/buildArticleCnn';
import { planReceptiveField } from '../../src/receptiveField/planReceptiveField';
import { type ReceptiveField, traceReceptiveField } from '../../src/receptiveField/traceReceptiveField';
import { randomSource } from '../training/random';

type Source = ReturnType<typeof randomSource>;
type Symbolic = ReturnType<typeof input>;

const SIZE = [14, 12] as const;

/** The pixels of a field, as `row * width + column`, ascending. */
function pixelsOf({ patches }: ReceptiveField, width: number): number[] {
  const pixels = new Set<number>();
  for (const { rows, columns } of patches) {
    for (const row of rows) for (const column of columns) pixels.add(row * width + column);
  }
  return [...pixels].sort((one, other) => one - other);
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
 * Makes each pixel of an image very large in turn, and finds where the output changes, in any of its channels: for each
 * place of a layer's output, the pixels that it depends on.
 */
function perturb(model: LayersModel, name: string, [height, width]: readonly [number, number]) {
  const pixels = height * width;
  const images = new Float32Array((pixels + 1) * pixels).fill(0.5);
  for (let pixel = 0; pixel < pixels; pixel++) images[(pixel + 1) * pixels + pixel] = 1000;
  const cut = functional({ inputs: model.inputs, outputs: model.getLayer(name).output as never });
  const output = tidy(() => cut.predict(tensor4d(images, [pixels + 1, height, width, 1])) as Tensor);
  const [, rows = 1, columns = 1, channels = 1] = output.shape;
  const values = output.dataSync();
  output.dispose();
  const size = rows * columns * channels;
  const dependsOn = (row: number, column: number): number[] => {
    const place = (row * columns + column) * channels;
    const found: number[] = [];
    for (let pixel = 0; pixel < pixels; pixel++) {
      const at = (pixel + 1) * size + place;
      const differs = (_: number, channel: number) => values[at + channel] !== values[place + channel];
      if (Array.from({ length: channels }, differs).includes(true)) found.push(pixel);
    }
    return found;
  };
  return { rows, columns, dependsOn };
}

/** A layer of a random kind; its output is at least 1 × 1. */
function addLayer(below: Symbolic, { whole, pick }: Source): Symbolic {
  const [, height, width] = below.shape as [null, number, number];
  const kernelSize: [number, number] = [whole(1, Math.min(4, height)), whole(1, Math.min(4, width))];
  // tfjs 4.22 computes zeros on WASM for a 1 × 3 kernel with stride 2 and same padding over an even height.
  const stridedSize = kernelSize.map((size) => Math.max(2, size)) as [number, number];
  const padding = pick(['same', 'valid'] as const);
  const strides: [number, number] = pick([
    [1, 1],
    [2, 2],
    [2, 1],
    [3, 3],
  ]);
  const add = (layer: layers.Layer) => layer.apply(below) as Symbolic;
  const convolve = (rows: number, columns: number) =>
    add(layers.conv2d({ filters: 2, kernelSize: [rows, columns], padding: 'same' }));
  switch (whole(0, 13)) {
    case 0:
    case 1:
      return add(layers.conv2d({ filters: 2, kernelSize: stridedSize, padding, strides }));
    case 2: {
      const dilationRate = whole(2, 3);
      const fits = Math.min(height, width) > dilationRate * 2;
      return add(
        layers.conv2d({
          filters: 2,
          kernelSize: fits ? 3 : 1,
          padding: fits ? padding : 'same',
          dilationRate,
        }),
      );
    }
    case 3:
      return add(layers.depthwiseConv2d({ kernelSize: stridedSize, padding, strides: pick([1, 2]) }));
    case 4:
      return add(layers.separableConv2d({ filters: 2, kernelSize: kernelSize[0], padding: 'same' }));
    case 5:
      return add(layers.conv2dTranspose({ filters: 2, kernelSize, padding, strides: pick([1, 2]) }));
    case 6:
      return add(layers.maxPooling2d({ poolSize: kernelSize, strides, padding }));
    case 7:
      return add(layers.averagePooling2d({ poolSize: kernelSize, strides, padding }));
    case 8:
      return add(
        layers.zeroPadding2d({
          padding: [
            [1, 2],
            [0, 3],
          ],
        }),
      );
    case 9:
      return Math.min(height, width) > 5
        ? add(
            layers.cropping2D({
              cropping: [
                [2, 1],
                [0, 1],
              ],
            }),
          )
        : below;
    case 10:
      return add(layers.upSampling2d({ size: [2, 3], interpolation: pick(['nearest', 'bilinear']) }));
    case 11:
      return layers.concatenate().apply([convolve(1, 3), convolve(3, 1)]) as Symbolic;
    case 12:
      return layers.add().apply([convolve(3, 3), convolve(1, 1)]) as Symbolic;
    default:
      return add(layers.batchNormalization());
  }
}

function buildRandomModel(seed: number): LayersModel {
  const source = randomSource(seed);
  const image = input({ shape: [...SIZE, 1] });
  let top: Symbolic = layers.activation({ activation: 'linear' }).apply(image) as Symbolic;
  for (let depth = source.whole(1, 5); depth > 0; depth--) {
    const next = addLayer(top, source);
    const [, height, width] = next.shape as [null, number, number];
    if (height > 0 && width > 0 && height * width < 2000) top = next;
  }
  const end = layers.activation({ activation: 'linear', name: 'end' }).apply(top) as SymbolicTensor;
  const model = functional({ inputs: image, outputs: end });
  fillWeights(model, source);
  return model;
}

describe('traceReceptiveField', () => {
  beforeAll(() => useWasmBackend());

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'finds the pixels that change a value of random network %i',
    (seed) => {
      const model = buildRandomModel(seed);
      const plan = planReceptiveField(model, SIZE);
      const { rows, columns, dependsOn } = perturb(model, 'end', SIZE);
      const middle = [Math.floor(rows / 2), Math.floor(columns / 2)] as const;
      for (const [row, column] of [[0, 0], [rows - 1, columns - 1], [0, columns - 1], middle] as const) {
        const field = traceReceptiveField(plan, 'end', row, column);
        expect(field.exact).toBe(true);
        expect(pixelsOf(field, SIZE[1]), model.layers.map((layer) => layer.getClassName()).join()).toEqual(
          dependsOn(row, column),
        );
      }
      model.dispose();
    },
  );

  it("knows those of the article's network", () => {
    const model = buildArticleCnn({ seed: 1 });
    const plan = planReceptiveField(model, [28, 28]);
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
    expect(traceReceptiveField(plan, 'conv1', 0, 25)).toEqual({
      patches: [{ rows: [0, 1, 2], columns: [25, 26, 27] }],
      exact: true,
    });
    expect(traceReceptiveField(plan, 'conv2', 0, 10)).toEqual({
      patches: [{ rows: range(0, 7), columns: range(20, 27) }],
      exact: true,
    });
    expect(traceReceptiveField(plan, 'dense', 0, 0).patches).toEqual([
      // Pooling 11 rows by two leaves the last one out, which is rows 26 and 27 of the image in part.
      { rows: range(0, 25), columns: range(0, 25) },
    ]);
    model.dispose();
  });

  it('leaves holes where a window is dilated, and makes a plus of two branches', () => {
    const model = sequential({
      layers: [
        layers.conv2d({ name: 'wide', inputShape: [9, 9, 1], filters: 1, kernelSize: 3, dilationRate: 2 }),
      ],
    });
    expect(traceReceptiveField(planReceptiveField(model, [9, 9]), 'wide', 1, 2)).toEqual({
      patches: [{ rows: [1, 3, 5], columns: [2, 4, 6] }],
      exact: true,
    });
    const image = input({ shape: [9, 9, 1] });
    const branch = (kernelSize: [number, number]) =>
      layers.conv2d({ filters: 1, kernelSize, padding: 'same' }).apply(image) as Symbolic;
    const plus = layers.concatenate({ name: 'plus' }).apply([branch([1, 3]), branch([3, 1])]);
    const crossing = functional({ inputs: image, outputs: plus as SymbolicTensor });
    expect(traceReceptiveField(planReceptiveField(crossing, [9, 9]), 'plus', 4, 0).patches).toEqual([
      { rows: [3, 4, 5], columns: [0] },
      { rows: [4], columns: [0, 1] },
    ]);
  });

  it('says so where it does not know a layer, and takes it to read everything', () => {
    const model = sequential({
      layers: [
        layers.reshape({ name: 'turn', inputShape: [4, 6, 1], targetShape: [6, 4, 1] }),
        layers.conv2d({ name: 'conv', filters: 1, kernelSize: 1 }),
      ],
    });
    const field = traceReceptiveField(planReceptiveField(model, [4, 6]), 'conv', 0, 0);
    expect(field.exact).toBe(false);
    expect(pixelsOf(field, 6)).toHaveLength(24);
  });

  it('takes a squeeze of the whole image to a gate for what it is: everything', () => {
    const image = input({ shape: [6, 6, 2] });
    const gate = layers
      .reshape({ targetShape: [1, 1, 2] })
      .apply(layers.globalAveragePooling2d({} as never).apply(image) as Symbolic) as Symbolic;
    const gated = layers.multiply({ name: 'gated' }).apply([image, gate]) as SymbolicTensor;
    const model = functional({ inputs: image, outputs: gated });
    const field = traceReceptiveField(planReceptiveField(model, [6, 6]), 'gated', 2, 2);
    expect(pixelsOf(field, 6)).toHaveLength(36);
  });

  it('finds nothing where a window lies in the padding', () => {
    const model = sequential({
      layers: [
        layers.zeroPadding2d({ name: 'padded', inputShape: [4, 4, 1], padding: [2, 2] }),
        layers.conv2d({ name: 'conv', filters: 1, kernelSize: 2 }),
      ],
    });
    const plan = planReceptiveField(model, [4, 4]);
    expect(traceReceptiveField(plan, 'conv', 0, 0).patches).toEqual([]);
    expect(traceReceptiveField(plan, 'conv', 1, 1).patches).toEqual([{ rows: [0], columns: [0] }]);
  });

  it('is quick and deep: a network of 600 layers, no tensor made', () => {
    let top = input({ shape: [null, null, 1] as never }) as Symbolic;
    const image = top;
    for (let depth = 0; depth < 600; depth++) {
      top = layers
        .conv2d({ name: `c${depth}`, filters: 1, kernelSize: 3, padding: 'same' })
        .apply(top) as Symbolic;
    }
    const model = functional({ inputs: image, outputs: top as SymbolicTensor });
    const before = memory().numTensors;
    const plan = planReceptiveField(model, [40, 30]);
    const [patch] = traceReceptiveField(plan, 'c4', 20, 15).patches;
    expect([patch!.rows[0], patch!.rows.length, patch!.columns.length]).toEqual([15, 11, 11]);
    expect(traceReceptiveField(plan, 'c599', 20, 15).patches[0]!.rows).toHaveLength(40);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});
