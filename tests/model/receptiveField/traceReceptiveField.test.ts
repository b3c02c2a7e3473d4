import { memory } from '@tensorflow/tfjs-core';
import {
  model as functional,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { buildArticleCnn } from '../../../src/model/article/buildArticleCnn';
import { planReceptiveField } from '../../../src/model/receptiveField/planReceptiveField';
import { traceReceptiveField } from '../../../src/model/receptiveField/traceReceptiveField';
import { pixelsOf } from './perturb';

type Symbolic = ReturnType<typeof input>;

/** The field of one value, `[rows, columns]` of its only patch, and whether it is exact. */
function fieldIn(model: LayersModel, [height, width]: [number, number], name: string, row = 0, column = 0) {
  const { patches, exact } = traceReceptiveField(
    planReceptiveField(model, [height, width]),
    name,
    row,
    column,
  );
  expect(patches).toHaveLength(1);
  return { rows: patches[0]!.rows, columns: patches[0]!.columns, exact };
}

describe('traceReceptiveField', () => {
  beforeAll(() => useWasmBackend());

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
    expect(traceReceptiveField(plan, 'conv2', 0, 0).patches).toEqual([
      { rows: range(0, 7), columns: range(0, 7) },
    ]);
    expect(traceReceptiveField(plan, 'conv2', 10, 10).patches).toEqual([
      { rows: range(20, 27), columns: range(20, 27) },
    ]);
    expect(traceReceptiveField(plan, 'dense', 0, 7)).toEqual({
      // Pooling 11 rows by two leaves the last one out, which is rows 26 and 27 of the image in part.
      patches: [{ rows: range(0, 25), columns: range(0, 25) }],
      exact: true,
    });
    model.dispose();
  });

  it('refuses a layer and a place that there is not', () => {
    const plan = planReceptiveField(buildArticleCnn({ seed: 1 }), [28, 28]);
    expect(() => traceReceptiveField(plan, 'conv9', 0, 0)).toThrow(
      new RangeError(`layerName: expected a layer on the way to the model's outputs, got "conv9"`),
    );
    expect(() => traceReceptiveField(plan, 'conv2', 11, 0)).toThrow(
      new RangeError('row, column: expected a place in 11 × 11, got 11,0'),
    );
    expect(() => traceReceptiveField(plan, 'conv2', 0, -1)).toThrow(
      'row, column: expected a place in 11 × 11, got 0,-1',
    );
    // The first layer of this one is a model, whose own layers are what the network consists of.
    const inner = sequential({
      layers: [layers.conv2d({ inputShape: [4, 4, 1], filters: 1, kernelSize: 2 })],
    });
    const outer = sequential();
    outer.add(inner);
    outer.add(layers.conv2d({ name: 'outer', filters: 1, kernelSize: 2 }));
    const nested = planReceptiveField(outer, [4, 4]);
    expect(() => traceReceptiveField(nested, inner.name, 0, 0)).toThrow('layerName: expected a layer');
    expect(traceReceptiveField(nested, 'outer', 0, 0).patches[0]!.rows).toEqual([0, 1, 2]);
  });

  it('knows of a vector that all of the image made it, and of a flattened image that one pixel did', () => {
    const image = input({ shape: [3, 4, 1] });
    const chain = (...parts: layers.Layer[]) =>
      functional({
        inputs: image,
        outputs: parts.reduce((top, layer) => layer.apply(top) as Symbolic, image) as SymbolicTensor,
      });
    const exact = (...parts: layers.Layer[]) => {
      const name = parts.at(-1)!.name;
      const field = fieldIn(chain(...parts), [3, 4], name);
      expect([field.rows, field.columns]).toEqual([
        [0, 1, 2],
        [0, 1, 2, 3],
      ]);
      return field.exact;
    };
    const flatten = () => layers.flatten();
    const relu = () => layers.reLU();
    const dense = () => layers.dense({ units: 12 });
    const reshape = (...targetShape: number[]) => layers.reshape({ targetShape });
    expect(exact(flatten(), dense())).toBe(true);
    expect(exact(flatten(), relu(), dense(), relu())).toBe(true);
    expect(exact(flatten(), dense(), reshape(3, 4, 1))).toBe(true);
    expect(exact(layers.globalMaxPooling2d({}))).toBe(true);
    expect(
      exact(
        layers.globalAveragePooling2d({}),
        reshape(1, 1, 1),
        layers.conv2d({ filters: 2, kernelSize: 1 }),
      ),
    ).toBe(true);
    expect(exact(flatten())).toBe(false);
    expect(exact(flatten(), relu())).toBe(false);
    expect(exact(flatten(), relu(), reshape(3, 4, 1))).toBe(false);
    expect(exact(reshape(12), reshape(3, 4, 1))).toBe(false);
    expect(exact(reshape(4, 3), layers.dense({ units: 2 }))).toBe(false);
    expect(exact(layers.permute({ dims: [2, 1, 3] }))).toBe(false);
    expect(exact(layers.softmax({ axis: 1 }))).toBe(false);
  });

  it('goes straight through what works along the channels', () => {
    const along = [
      layers.softmax({ axis: -1 }),
      layers.softmax({ axis: 3 }),
      layers.layerNormalization(),
      layers.dense({ units: 2 }),
    ];
    const others = [
      layers.dropout({ rate: 0.5 }),
      layers.activation({ activation: 'softmax' }),
      layers.elu(),
      layers.leakyReLU(),
    ];
    for (const layer of [...along, ...others]) {
      const image = input({ shape: [3, 4, 2] });
      const model = functional({ inputs: image, outputs: layer.apply(image) as SymbolicTensor });
      expect(fieldIn(model, [3, 4], layer.name, 2, 1), layer.name).toEqual({
        rows: [2],
        columns: [1],
        exact: true,
      });
    }
  });

  it('takes a vector beside an image to be stretched over it', () => {
    const image = input({ shape: [3, 4, 2] });
    const vector = layers.globalAveragePooling2d({}).apply(image) as Symbolic;
    const gated = layers.multiply({ name: 'gated' }).apply([image, vector]) as SymbolicTensor;
    const model = functional({ inputs: image, outputs: gated });
    expect(fieldIn(model, [3, 4], 'gated', 1, 1)).toEqual({
      rows: [0, 1, 2],
      columns: [0, 1, 2, 3],
      exact: true,
    });
  });

  it('takes numbers of which each is a pixel, beside an image, for all of those pixels', () => {
    const image = input({ shape: [3, 4, 1] });
    const corner = layers.cropping2D({
      cropping: [
        [0, 2],
        [1, 1],
      ],
    });
    const vector = layers.flatten().apply(corner.apply(image)) as Symbolic;
    const two = layers.conv2d({ filters: 2, kernelSize: 1 }).apply(image) as Symbolic;
    const product = layers.multiply({ name: 'product' }).apply([two, vector]) as SymbolicTensor;
    const model = functional({ inputs: image, outputs: product });
    // Channel 0 sees (0, 1) and channel 1 sees (0, 2), which the field does not tell apart.
    expect(traceReceptiveField(planReceptiveField(model, [3, 4]), 'product', 2, 0)).toEqual({
      patches: [
        { rows: [0], columns: [1, 2] },
        { rows: [2], columns: [0] },
      ],
      exact: false,
    });
  });

  it('reads two around a place where an enlargement is bilinear', () => {
    const enlarge = (interpolation: 'nearest' | 'bilinear') =>
      sequential({
        layers: [layers.upSampling2d({ name: 'up', inputShape: [4, 4, 1], size: [3, 3], interpolation })],
      });
    const rows = (model: LayersModel, row: number) => fieldIn(model, [4, 4], 'up', row, 0).rows;
    expect([2, 3, 4, 11].map((row) => rows(enlarge('nearest'), row))).toEqual([[0], [1], [1], [3]]);
    expect([2, 3, 4, 11].map((row) => rows(enlarge('bilinear'), row))).toEqual([[0, 1], [1], [1, 2], [3]]);
  });

  it.each([
    [3, 1],
    [1, 3],
  ])('leaves out what a branch sees that another one sees too: %i, %i', (...sizes) => {
    const image = input({ shape: [5, 5, 1] });
    const branches = sizes.map((kernelSize) => {
      return layers.conv2d({ filters: 1, kernelSize, padding: 'same' }).apply(image) as Symbolic;
    });
    const sum = layers.add({ name: 'sum' }).apply(branches) as SymbolicTensor;
    const field = fieldIn(functional({ inputs: image, outputs: sum }), [5, 5], 'sum', 2, 0);
    expect(field).toEqual({ rows: [1, 2, 3], columns: [0, 1], exact: true });
  });

  it('does not multiply the patches of branches that follow each other', () => {
    const image = input({ shape: [15, 15, 1] });
    let top: Symbolic = image;
    for (let block = 0; block < 5; block++) {
      const sides = (
        [
          [1, 3],
          [3, 1],
        ] as [number, number][]
      ).map((kernelSize) => layers.depthwiseConv2d({ kernelSize, padding: 'same' }).apply(top) as Symbolic);
      top = layers.add({ name: `plus${block}` }).apply(sides) as Symbolic;
    }
    const model = functional({ inputs: image, outputs: top as SymbolicTensor });
    const { patches } = traceReceptiveField(planReceptiveField(model, [15, 15]), 'plus4', 7, 7);
    // Of 32 ways through five blocks, those with as many upright ones see the same: 11 × 1, 9 × 3, … 1 × 11.
    const sizes = patches.map(({ rows, columns }) => [rows.length, columns.length].join(' × '));
    expect(sizes.sort()).toEqual(['1 × 11', '11 × 1', '3 × 9', '5 × 7', '7 × 5', '9 × 3']);
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
