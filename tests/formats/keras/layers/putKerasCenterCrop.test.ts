import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../../src/backend/useWasmBackend';
import { listLayers } from '../../../../src/model/listLayers';
import { loadModel } from '../../../../src/node/loadModel';
import { saveModel } from '../../../../src/node/saveModel';
import { useFolder } from '../../../node/modelFolder';
import { loadConverted, layerModels as of, predict, run } from '../loadConverted';

const folder = useFolder();

const range = (length: number) => Array.from({ length }, (_, at) => at);

beforeAll(async () => {
  await useWasmBackend();
});

describe('a layer of Keras', () => {
  it('CenterCrop, where one column is left over too', async () => {
    const crop = (shape: number[], size: object) =>
      run(of('CenterCrop', shape, size)[3], shape, range(shape[0]! * shape[1]!));
    const channels = { data_format: 'channels_last' };
    expect(await crop([4, 4, 1], { height: 2, width: 2, ...channels })).toEqual([5, 6, 9, 10]);
    expect(await crop([3, 3, 1], { height: 2, width: 2, ...channels })).toEqual([0, 1, 3, 4]);
    expect(await crop([2, 3, 1], { height: 2, width: 2, ...channels })).toEqual([0, 1, 3, 4]);
    expect(await crop([1, 6, 1], { height: 1, width: 3, ...channels })).toEqual([1, 2, 3]);
    await expect(crop([2, 1, 1], { height: 2, width: 2, ...channels })).rejects.toThrow(
      'the layer "l" is a CenterCrop to 2 × 2 of images of 2 × 1, which would enlarge them',
    );
  });

  it('CenterCrop, after it was saved too', async () => {
    const model = await loadConverted(of('CenterCrop', [1, 3, 1], { height: 1, width: 2 })[2]);
    await saveModel(model, folder.path);
    const loaded = await loadModel(folder.path);
    expect(predict(loaded, [1, 1, 3, 1], [5, 6, 7])).toEqual([5, 6]);
    expect(listLayers(loaded).at(-1)).toMatchObject({ path: 'l', className: 'CenterCrop' });
    for (const each of [model, loaded]) each.dispose();
  });
});
