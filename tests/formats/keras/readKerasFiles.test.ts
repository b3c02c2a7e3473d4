import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { dispose, type io, memory, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { model as createModel, loadLayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';
import { readKerasArchive } from '../../../src/formats/keras/readKerasArchive';
import { readKerasHdf5 } from '../../../src/formats/keras/readKerasHdf5';
import { relativeError } from '../../training/random';

beforeAll(() => setBackend('cpu'));

interface Encoded {
  readonly shape: number[];
  readonly values: string;
}

/** What scripts/fixtures/kerasFiles.py has written about a model. */
interface Expected {
  readonly configs: { readonly keras2: object; readonly keras3: object };
  readonly input: Encoded;
  readonly outputs: Readonly<Record<string, Encoded>>;
}

const readFixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/keras/files/${name}`, import.meta.url)));

const readExpected = (name: string) =>
  JSON.parse(new TextDecoder().decode(readFixture(`${name}.json`))) as Expected;

function decode({ values }: Encoded): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(values, 'base64')).buffer);
}

const encodeJson = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Compares what each layer of a model puts out. */
async function expectOutputs(artifacts: io.ModelArtifacts, { input, outputs }: Expected): Promise<void> {
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
  const picture = tensor(decode(input), input.shape);
  const results = [inner.predict(picture)].flat() as Tensor[];
  for (const [index, name] of names.entries()) {
    const { shape } = outputs[name]!;
    expect(results[index]!.shape, name).toEqual(shape);
    const error = relativeError(results[index]!.dataSync() as Float32Array, decode(outputs[name]!));
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
    const artifacts = await readKerasArchive({
      config: encodeJson(expected.configs.keras3),
      weights: readFixture(`${file}.weights.h5`),
      metadata: encodeJson({ keras_version: '3.10.0', date_saved: '2025-01-01@00:00:00' }),
    });
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
    const artifacts = await readKerasHdf5(readFixture(`${file}.h5`));
    await expectOutputs(artifacts, readExpected(name));
  });

  it.each([
    ['keras2', 'images.names2'],
    ['keras3', 'images.names3'],
    ['keras3', 'images.keras3'],
  ] as const)('that has weights only takes the model of %s: %s', async (version, file) => {
    const expected = readExpected('images');
    const config = JSON.stringify(expected.configs[version]);
    await expectOutputs(await readKerasHdf5(readFixture(`${file}.weights.h5`), config), expected);
  });
});
