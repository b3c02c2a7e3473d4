import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../../src/backend/useWasmBackend';
import { layerModels as of, run } from '../loadConverted';

beforeAll(async () => {
  await useWasmBackend();
});

describe('a layer of Keras', () => {
  it.each([1, -2])('Softmax along another axis than the last: %i', async (axis) => {
    const ln3 = Math.log(3);
    const model = of('Softmax', [2, 2], { axis });
    expect(await run(model[2], [2, 2], [0, ln3, ln3, 0])).toEqual([0.25, 0.75, 0.75, 0.25]);
    expect(await run(model[3], [2, 2], [0, 0, ln3, 0])).toEqual([0.25, 0.5, 0.75, 0.5]);
  });
});
