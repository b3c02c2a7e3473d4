import { model as functional, input, layers, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { buildArticleCnn } from '../../../src/model/article/buildArticleCnn';
import { planReceptiveField } from '../../../src/model/receptiveField/planReceptiveField';
import { traceReceptiveField } from '../../../src/model/receptiveField/traceReceptiveField';

const convolve = (name: string, rows: number, columns: number) =>
  layers.conv2d({ name, filters: 1, kernelSize: [rows, columns] });

describe('planReceptiveField', () => {
  beforeAll(() => useWasmBackend());

  it('refuses what is no size', () => {
    const model = buildArticleCnn({ seed: 1 });
    expect(() => planReceptiveField(model, [28, 0])).toThrow(
      new RangeError('imageSize[1]: expected a whole number of at least 1, got 0'),
    );
    expect(() => planReceptiveField(model, [2.5, 28])).toThrow('imageSize[0]: expected a whole number');
  });

  it('means by a name the first use of a layer that leads to the outputs of this very model', () => {
    const shared = convolve('shared', 3, 1);
    const elsewhere = input({ shape: [9, 9, 1] });
    shared.apply(convolve('before', 1, 5).apply(elsewhere));
    const image = input({ shape: [9, 9, 1] });
    const once = shared.apply(image) as SymbolicTensor;
    const model = functional({ inputs: image, outputs: shared.apply(once) as SymbolicTensor });
    const { patches } = traceReceptiveField(planReceptiveField(model, [9, 9]), 'shared', 2, 4);
    expect(patches).toEqual([{ rows: [2, 3, 4], columns: [4] }]);
  });

  it('follows the size of the image where the model leaves it open', () => {
    const model = sequential({
      layers: [
        layers.conv2d({
          name: 'conv',
          inputShape: [null, null, 1],
          filters: 1,
          kernelSize: 3,
          strides: 2,
          padding: 'same',
        }),
      ],
    });
    const rowsAt = (height: number) =>
      traceReceptiveField(planReceptiveField(model, [height, 8]), 'conv', 1, 0).patches[0]!.rows;
    // 8 rows need one row of padding, which goes to the end; 9 need two, one at each end.
    expect(rowsAt(8)).toEqual([2, 3, 4]);
    expect(rowsAt(9)).toEqual([1, 2, 3]);
  });

  it('goes through a model inside of a model', () => {
    const inner = sequential({
      layers: [layers.conv2d({ inputShape: [4, 6, 1], filters: 1, kernelSize: 2 })],
    });
    const image = input({ shape: [4, 6, 1] });
    const top = convolve('top', 1, 1).apply(inner.apply(image) as SymbolicTensor) as SymbolicTensor;
    const model = functional({ inputs: image, outputs: top });
    expect(traceReceptiveField(planReceptiveField(model, [4, 6]), 'top', 0, 0)).toEqual({
      patches: [{ rows: [0, 1], columns: [0, 1] }],
      exact: true,
    });
  });

  it('tells the outputs of a layer that has several apart', () => {
    const within = input({ shape: [4, 6, 1] });
    const small = convolve('small', 3, 3).apply(within) as SymbolicTensor;
    const large = convolve('large', 1, 1).apply(within) as SymbolicTensor;
    const inner = functional({ inputs: within, outputs: [small, large] });
    const image = input({ shape: [4, 6, 1] });
    const [one, other] = inner.apply(image) as SymbolicTensor[];
    const model = functional({
      inputs: image,
      outputs: [
        convolve('first', 1, 1).apply(one!),
        convolve('second', 1, 1).apply(other!),
      ] as SymbolicTensor[],
    });
    const plan = planReceptiveField(model, [4, 6]);
    expect(traceReceptiveField(plan, 'second', 3, 5).patches).toEqual([{ rows: [3], columns: [5] }]);
    expect(() => traceReceptiveField(plan, 'first', 3, 5)).toThrow('row, column: expected a place in 2 × 4');
  });
});
