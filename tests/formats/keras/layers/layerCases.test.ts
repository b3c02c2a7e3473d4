import { readFileSync } from 'node:fs';
import { io, memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../../src/backend/useWasmBackend';
import { convertKerasModel } from '../../../../src/formats/keras/convertKerasModel';
import { call2, input2, layer2, topology2 } from '../keras2';
import { call, functional, input, layer, tensorOf, topology } from '../keras3';
import { loadConverted, saveInMemory, type Weights } from '../loadConverted';

interface Values {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A layer and what it puts out, as `scripts/fixtures/layerCases.py` has computed it by PyTorch and numpy. */
interface LayerCase {
  readonly label: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Values[];
  readonly weights: Readonly<Record<string, Values>>;
  readonly output: Values;
}

const cases: LayerCase[] = JSON.parse(
  readFileSync(new URL('../../../fixtures/keras/layers.json', import.meta.url), 'utf8'),
);

beforeAll(async () => {
  await useWasmBackend();
});

const open = ({ shape }: Values) => [null, ...shape.slice(1)];

function model3({ className, config, inputs }: LayerCase) {
  const ends = inputs.map((values, at) => input(`i${at}`, open(values)));
  const used = call(
    layer(className, 'l', config),
    inputs.map((_, at) => tensorOf(`i${at}`)),
  );
  return topology(
    functional(
      'f',
      [...ends, used],
      inputs.map((_, at) => [`i${at}`, 0, 0]),
      ['l', 0, 0],
    ),
  );
}

/** Keras 2 writes what attention is called with by name. */
function model2({ className, config, inputs }: LayerCase) {
  const ends = inputs.map((values, at) => input2(`i${at}`, open(values)));
  const isNamed = className === 'MultiHeadAttention';
  const [, value, key] = inputs.map((_, at) => [`i${at}`, 0, 0]);
  const used = isNamed
    ? call2(layer2(className, 'l', config), 'i0', { value, ...(key && { key }) })
    : {
        ...layer2(className, 'l', config),
        inbound_nodes: [inputs.map((_, at) => [`i${at}`, 0, 0, {}])],
      };
  const config2 = {
    name: 'f',
    layers: [...ends, used],
    input_layers: inputs.map((_, at) => [`i${at}`, 0, 0]),
    output_layers: [['l', 0, 0]],
  };
  return topology2({ class_name: 'Functional', config: config2 });
}

function weightsOf({ weights }: LayerCase, named: (name: string, index: number) => string): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, { shape, values }], index) => [
      named(name, index),
      name === 'count' ? [shape, values, 'int32'] : [shape, values],
    ]),
  );
}

function expectOutput(model: LayersModel, { inputs, output }: LayerCase): void {
  expect(model.outputs[0]!.shape.slice(1)).toEqual(output.shape.slice(1));
  const before = memory().numTensors;
  const values = tidy(() => {
    const given = inputs.map(({ shape, values }) => tensor([...values], [...shape], 'float32'));
    const seen = model.predict(given) as Tensor;
    expect(seen.shape).toEqual(output.shape);
    return [...seen.dataSync()];
  });
  expect(memory().numTensors).toBe(before);
  const largest = Math.max(...output.values.map(Math.abs));
  const farthest = Math.max(...values.map((value, at) => Math.abs(value - output.values[at]!)));
  expect(farthest / largest).toBeLessThan(1e-5);
}

function refusesToCompute(model: LayersModel, { inputs }: LayerCase): boolean {
  try {
    tidy(() => model.predict(inputs.map(({ shape, values }) => tensor([...values], [...shape], 'float32'))));
    return false;
  } catch {
    return true;
  }
}

describe('a layer that TensorFlow.js lacks, or computes otherwise', () => {
  it.each(cases)('is what Keras computes: $label', async (one) => {
    const before = memory().numTensors;
    const named = weightsOf(one, (name) => `l/${name}`);
    const models = [
      await loadConverted(model3(one), named),
      await loadConverted(model2(one), named),
      await loadConverted(
        model3(one),
        weightsOf(one, (_, index) => `l/vars/${index}`),
      ),
    ];
    for (const model of models) expectOutput(model, one);

    const saved = await saveInMemory(models[0]!);
    const again = await loadLayersModel(io.fromMemory(convertKerasModel(saved)));
    expectOutput(again, one);
    for (const model of [...models, again]) model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it.each(cases)('is refused by TensorFlow.js alone where it is not the same: $label', async (one) => {
    const model = await loadConverted(
      model3(one),
      weightsOf(one, (name) => `l/${name}`),
    );
    const saved = await saveInMemory(model);
    model.dispose();
    const alone = await loadLayersModel(io.fromMemory(saved)).catch(() => undefined);
    // Of some it says so when it shall compute them.
    if (alone && !refusesToCompute(alone, one)) expectOutput(alone, one);
    alone?.dispose();
  });
});
