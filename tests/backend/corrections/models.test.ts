import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { computeActivations } from '../../../src/activations/computeActivations';
import { createActivationModel } from '../../../src/model/createActivationModel';
import { loadGraph, writeGraph } from '../../model/graph/graphDef';

describe('a graph model on a WASM backend that the app has started', () => {
  it('is computed right: windows that skip values, a bias of rank 4, a slice, and the sum of Einstein', async () => {
    await setBackend('wasm');
    const { graph, image, constant, node } = writeGraph();
    const x = image('x', [1, 6, 6, 1]);
    const settings = { padding: 'SAME', data_format: 'NHWC', dilations: [1, 1, 1, 1], strides: [1, 3, 3, 1] };
    const kernel = constant('kernel', [2, 2, 1, 1], [1, 2, 3, 4]);
    node('plain', 'Conv2D', [x, kernel], settings);
    const bias = constant('bias', [1, 1, 1, 1], [5]);
    node('fused', '_FusedConv2D', [x, kernel, bias], {
      ...settings,
      num_args: 1,
      fused_ops: ['BiasAdd', 'Relu'],
    });
    const begin = constant('begin', [4], [0, 1, 0, 0], 'int32');
    const end = constant('end', [4], [1, 2, 6, 1], 'int32');
    const strides = constant('strides', [4], [1, 1, 2, 1], 'int32');
    node('slice', 'StridedSlice', [x, begin, end, strides], {
      begin_mask: 0,
      end_mask: 0,
      ellipsis_mask: 0,
      new_axis_mask: 0,
      shrink_axis_mask: 2,
    });
    const ones = constant('ones', [6, 1], new Float32Array(6).fill(1));
    node('einsum', 'Einsum', [x, ones], { equation: 'bhwc,hd->bdwc', N: 2 });
    const model = await loadGraph(graph);
    const before = memory().numTensors;
    const activationModel = createActivationModel(model, ['plain', 'fused', 'slice', 'einsum']);
    const values = Float32Array.from({ length: 36 }, (_, at) => at);
    const [plain, fused, slice, einsum] = await computeActivations(activationModel, {
      data: values,
      shape: [6, 6, 1],
    });
    // The windows begin at 0, 3, 18 and 21: 0·1 + 1·2 + 6·3 + 7·4 = 48, and ten more for each that they begin later.
    expect([...plain!.data]).toEqual([48, 78, 228, 258]);
    expect([...fused!.data]).toEqual([53, 83, 233, 263]);
    expect([...slice!.data]).toEqual([6, 8, 10]);
    expect([...einsum!.data]).toEqual([90, 96, 102, 108, 114, 120]);
    activationModel.dispose();
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});
