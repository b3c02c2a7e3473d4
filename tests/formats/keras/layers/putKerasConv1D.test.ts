import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../../src/backend/useWasmBackend';
import { listLayers } from '../../../../src/model/listLayers';
import { loadModel } from '../../../../src/node/loadModel';
import { saveModel } from '../../../../src/node/saveModel';
import { useFolder } from '../../../node/modelFolder';
import { loadConverted, layerModels as of, predict, run, type Weights } from '../loadConverted';

const folder = useFolder();

beforeAll(async () => {
  await useWasmBackend();
});

describe('a layer of Keras', () => {
  it('Conv1D with causal padding sees each step and those before', async () => {
    const settings = {
      filters: 1,
      kernel_size: [2],
      strides: [1],
      padding: 'causal',
      data_format: 'channels_last',
    };
    const dense = { ...settings, dilation_rate: [1], groups: 1, activation: 'relu', use_bias: true };
    const weights: Weights = {
      'l/kernel': [
        [2, 1, 1],
        [10, 1],
      ],
      'l/bias': [[1], [0.5]],
    };
    // At each step, 10 times the one before and the step itself.
    for (const version of [2, 3] as const) {
      const model = of('Conv1D', [4, 1], dense)[version];
      expect(await run(model, [4, 1], [1, 2, 3, -99], weights)).toEqual([1.5, 12.5, 23.5, 0]);
      const dilated = of('Conv1D', [4, 1], { ...dense, dilation_rate: [2] })[version];
      expect(await run(dilated, [4, 1], [1, 2, 3, 4], weights)).toEqual([1.5, 2.5, 13.5, 24.5]);
      const strided = of('Conv1D', [5, 1], { ...dense, strides: [2] })[version];
      expect(await run(strided, [5, 1], [1, 2, 3, 4, 5], weights)).toEqual([1.5, 23.5, 45.5]);
    }
  });

  it('Conv1D with causal padding has the length that it says, and is the same after it was saved', async () => {
    const settings = { filters: 1, kernel_size: [3], strides: [2], padding: 'causal' };
    const weights: Weights = {
      'l/kernel': [
        [3, 1, 1],
        [0, 0, 1],
      ],
      'l/bias': [[1], [0]],
    };
    const model = await loadConverted(of('Conv1D', [5, 1], settings)[2], weights);
    expect(model.outputs[0]!.shape).toEqual([null, 3, 1]);
    await saveModel(model, folder.path);
    const loaded = await loadModel(folder.path);
    expect(predict(loaded, [1, 5, 1], [1, 2, 3, 4, 5])).toEqual([1, 3, 5]);
    expect(listLayers(loaded).at(-1)).toMatchObject({ path: 'l', className: 'Conv1D' });
    for (const each of [model, loaded]) each.dispose();
    const open = await loadConverted(of('Conv1D', [null as never, 1], settings)[3], weights);
    expect(open.outputs[0]!.shape).toEqual([null, null, 1]);
    open.dispose();
  });
});
