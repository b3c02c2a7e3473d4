import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../../src/backend/useWasmBackend';
import { call, functional, input, layer, tensorOf, topology } from '../keras3';
import { loadConverted, run } from '../loadConverted';

beforeAll(async () => {
  await useWasmBackend();
});

describe('a layer of Keras', () => {
  it('Concatenate along an axis that is counted from the end', async () => {
    const both = call(layer('Concatenate', 'both', { axis: -2 }), [[tensorOf('i'), tensorOf('i')]]);
    const model = functional('f', [input('i', [null, 1, 2]), both], ['i', 0, 0], ['both', 0, 0]);
    expect(await run(topology(model), [1, 2], [1, 2])).toEqual([1, 2, 1, 2]);
    const loaded = await loadConverted(topology(model));
    const given = tensor([1, 2], [1, 1, 2]);
    const output = loaded.predict(given) as Tensor;
    expect(output.shape).toEqual([1, 2, 2]);
    expect(loaded.layers[1]!.getClassName()).toBe('Concatenate');
    for (const each of [given, output, loaded]) each.dispose();
  });
});
