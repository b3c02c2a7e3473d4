import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { input2, layer2, sequential2, topology2 } from './keras2';
import { input, layer, sequential, thing, topology } from './keras3';
import { loadConverted, predict, saveInMemory } from './loadConverted';
import { readMeaning } from './readMeaning';

const { x, activations, hard_sigmoid: hardSigmoid } = readMeaning();

beforeAll(async () => {
  await useWasmBackend();
});

const of2 = (activation: unknown) =>
  topology2(sequential2('s', [input2('i', [null, x.length]), layer2('Activation', 'a', { activation })]));
const of3 = (activation: unknown) =>
  topology(sequential('s', [input('i', [null, x.length]), layer('Activation', 'a', { activation })]));

async function expectValues(model: object, expected: readonly number[]): Promise<void> {
  const loaded = await loadConverted(model);
  predict(loaded, [1, x.length], x).forEach((value, at) => {
    expect(Math.abs(value - expected[at]!)).toBeLessThan(2e-6 * Math.max(1, Math.abs(expected[at]!)));
  });
  loaded.dispose();
}

describe('an activation function', () => {
  it.each(Object.entries(activations))('is what PyTorch computes by the name %s', async (name, expected) => {
    await expectValues(of2(name), expected);
    await expectValues(of3(name), expected);
    await expectValues(of3({ ...thing('', 'function'), module: 'builtins', config: name }), expected);
  });

  it('of Keras 2 is the hard sigmoid of TensorFlow.js, of Keras 3 another one', async () => {
    await expectValues(of2('hard_sigmoid'), hardSigmoid.keras2);
    expect(hardSigmoid.keras3[3]).toBeCloseTo((3 - 1.25) / 6, 6);
    await expectValues(of3('hard_sigmoid'), hardSigmoid.keras3);
  });

  it.each(['glu', 'sparsemax', 'threshold', 'LeakyReLU', 'Zeros'])(
    'that TensorFlow.js does not have is refused: %s',
    async (name) => {
      const message = `the layer "a" has the activation function "${name}", which TensorFlow.js does not have`;
      await expect(loadConverted(of2(name))).rejects.toThrow(message);
      await expect(loadConverted(of3(name))).rejects.toThrow(message);
    },
  );

  it('of your own is refused, whatever it is called', async () => {
    const own = { ...thing('', 'function'), module: 'builtins', config: 'gelu', registered_name: 'my>gelu' };
    await expect(loadConverted(of3(own))).rejects.toThrow('the activation function "my>gelu", which');
  });

  it('may be a layer', async () => {
    const leaky = (config: object) => layer('LeakyReLU', 'leaky', config);
    const steep = (slope: number) => x.map((value) => (value < 0 ? slope * value : value));
    await expectValues(of3(leaky({ negative_slope: 0.125 })), steep(0.125));
    await expectValues(of2(leaky({ alpha: 1e-7 })), steep(1e-7));
    await expectValues(of2(leaky({ alpha: { type: 'ndarray', value: 0.30000001192092896 } })), steep(0.3));
    await expectValues(of3(layer('ReLU', 'relu', { max_value: null, negative_slope: 0 })), activations.relu!);
    const other = 'the layer "a" has a ReLU as its activation function; put that behind it as a layer';
    await expect(loadConverted(of3(layer('ReLU', 'relu', { max_value: 6 })))).rejects.toThrow(other);
  });

  it.each(['hard_sigmoid', 'hard_silu', 'leaky_relu', 'gelu_approximate'])(
    'is the same after it was saved: %s',
    async (name) => {
      const model = await loadConverted(of3(name));
      const expected = predict(model, [1, x.length], x);
      const saved = await saveInMemory(model);
      model.dispose();
      await expectValues(saved.modelTopology as object, expected);
    },
  );

  it('is looked for in cells too', async () => {
    const cell = layer('LSTMCell', 'cell', {
      units: 1,
      activation: 'tanh',
      recurrent_activation: 'glu',
    });
    const model = sequential('s', [input('i', [null, 2, 1]), layer('RNN', 'rnn', { cell })]);
    await expect(loadConverted(topology(model))).rejects.toThrow('the layer "rnn/cell" has the activation');
  });
});
