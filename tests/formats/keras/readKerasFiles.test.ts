import '@tensorflow/tfjs-backend-cpu';
import { dispose, type io, memory, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { model as createModel, loadLayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';
import { readKerasArchive } from '../../../src/formats/keras/readKerasArchive';
import { readKerasHdf5 } from '../../../src/formats/keras/readKerasHdf5';
import { relativeError } from '../../training/random';
import { packKeras } from './packKeras';
import {
  decodeFloats,
  type ExpectedModel,
  encodeJson,
  readExpected,
  readKerasFixture,
} from './readKerasFixture';

beforeAll(() => setBackend('cpu'));

/** Compares what each layer of a model puts out. */
async function expectOutputs(artifacts: io.ModelArtifacts, { input, outputs }: ExpectedModel): Promise<void> {
  const model = await loadLayersModel({ load: async () => convertKerasModel(artifacts) });
  const names = model.layers.map(({ name }) => name).filter((name) => name in outputs);
  expect(names).toEqual(Object.keys(outputs));
  const inner = createModel({
    inputs: model.inputs,
    // A model inside has its own output too, and that of its use behind it.
    outputs: names.map((name) => {
      const layer = model.getLayer(name);
      return layer.getOutputAt(layer.inboundNodes.length - 1) as SymbolicTensor;
    }),
  });
  const picture = tensor(decodeFloats(input), input.shape);
  const results = [inner.predict(picture)].flat() as Tensor[];
  for (const [index, name] of names.entries()) {
    const { shape } = outputs[name]!;
    expect(results[index]!.shape, name).toEqual(shape);
    const error = relativeError(results[index]!.dataSync() as Float32Array, decodeFloats(outputs[name]!));
    expect(error, name).toBeLessThan(1e-5);
  }
  dispose([picture, ...results]);
  model.dispose();
}

describe('a .keras file', () => {
  it.each([
    ['images', 'images.keras3'],
    ['sequences', 'sequences.keras3'],
    ['volumes', 'volumes.keras3'],
    ['nested', 'nested.keras3'],
    ['images', 'images.latest'],
    ['images', 'images.bfloat16'],
    ['nested', 'nested.old'],
  ])('of the model %s puts out what Keras does: %s', async (name, file) => {
    const before = memory().numTensors;
    const expected = readExpected(name);
    const artifacts = await packKeras(
      readKerasArchive({
        config: encodeJson(expected.configs.keras3),
        weights: readKerasFixture(`${file}.weights.h5`),
        metadata: encodeJson({ keras_version: '3.10.0', date_saved: '2025-01-01@00:00:00' }),
      }),
    );
    expect(memory().numTensors).toBe(before);
    await expectOutputs(artifacts, expected);
  });
});

describe('a .h5 file', () => {
  it.each([
    ['images', 'images.keras2'],
    ['sequences', 'sequences.keras2'],
    ['volumes', 'volumes.keras2'],
    ['nested', 'nested.keras2'],
    ['images', 'images.gzip'],
    ['images', 'images.cut'],
    ['nested', 'nested.renamed'],
    ['sequences', 'sequences.keras3'],
  ])('of the model %s puts out what Keras does: %s', async (name, file) => {
    const artifacts = await packKeras(readKerasHdf5(readKerasFixture(`${file}.h5`)));
    await expectOutputs(artifacts, readExpected(name));
  });

  it.each([
    ['keras2', 'images.names2'],
    ['keras3', 'images.names3'],
    ['keras3', 'images.keras3'],
  ] as const)('that has weights only takes the model of %s: %s', async (version, file) => {
    const expected = readExpected('images');
    const config = JSON.stringify(expected.configs[version]);
    await expectOutputs(
      await packKeras(readKerasHdf5(readKerasFixture(`${file}.weights.h5`), config)),
      expected,
    );
  });
});

describe('weights of layers that have parts, or learn from data', () => {
  const config = () => readKerasFixture('seldom.json');
  const archive = (file: string) =>
    packKeras(readKerasArchive({ config: config(), weights: readKerasFixture(`${file}.weights.h5`) }));

  it('have the names that the layers have for them, and in every file the same values', async () => {
    const all = await Promise.all([
      archive('seldom.keras3'),
      archive('seldom.hidden'),
      packKeras(readKerasHdf5(readKerasFixture('seldom.keras2.h5'))),
      packKeras(readKerasHdf5(readKerasFixture('seldom.keras3.h5'))),
    ]);
    for (const { weightSpecs } of all) {
      expect(weightSpecs!.map(({ name, shape, dtype }) => [name, shape, dtype])).toEqual([
        ['standard/mean', [4], 'float32'],
        ['standard/variance', [4], 'float32'],
        ['standard/count', [], 'int32'],
        ['attention/query/kernel', [4, 2, 3], 'float32'],
        ['attention/query/bias', [2, 3], 'float32'],
        ['attention/key/kernel', [4, 2, 3], 'float32'],
        ['attention/key/bias', [2, 3], 'float32'],
        ['attention/value/kernel', [4, 2, 3], 'float32'],
        ['attention/value/bias', [2, 3], 'float32'],
        ['attention/attention_output/kernel', [2, 3, 4], 'float32'],
        ['attention/attention_output/bias', [4], 'float32'],
        ['groups/gamma', [4], 'float32'],
        ['groups/beta', [4], 'float32'],
        ['root/scale', [4], 'float32'],
        ['gru/kernel', [4, 6], 'float32'],
        ['gru/recurrent_kernel', [2, 6], 'float32'],
        ['gru/bias', [2, 6], 'float32'],
      ]);
    }
    const [first, ...others] = all.map(({ weightData }) => new Uint8Array(weightData as ArrayBuffer));
    expect(new Set(first).size).toBeGreaterThan(20);
    expect(new Int32Array(first!.buffer, 32, 1)[0]).toBe(12);
    for (const other of others) expect(other).toEqual(first);
  });
});
