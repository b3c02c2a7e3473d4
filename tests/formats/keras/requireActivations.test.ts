import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { input2, layer2, sequential2, topology2 } from './keras2';
import { input, layer, sequential, thing, topology } from './keras3';
import { loadConverted, predict } from './loadConverted';
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
    await expect(loadConverted(of3('hard_sigmoid'))).rejects.toThrow('which Keras 3 computes otherwise');
  });

  it.each([
    'celu',
    'exponential',
    'glu',
    'hard_shrink',
    'hard_silu',
    'hard_swish',
    'hard_tanh',
    'leaky_relu',
    'log_sigmoid',
    'soft_shrink',
    'sparse_plus',
    'sparse_sigmoid',
    'sparsemax',
    'squareplus',
    'tanh_shrink',
    'threshold',
    'LeakyReLU',
    'Zeros',
  ])('that TensorFlow.js does not have is refused: %s', async (name) => {
    const message = `the layer "a" has the activation function "${name}", which TensorFlow.js does not have`;
    await expect(loadConverted(of2(name))).rejects.toThrow(message);
    await expect(loadConverted(of3(name))).rejects.toThrow(message);
  });

  it('is looked for in cells too', async () => {
    const cell = layer('LSTMCell', 'cell', {
      units: 1,
      activation: 'tanh',
      recurrent_activation: 'hard_sigmoid',
    });
    const model = sequential('s', [input('i', [null, 2, 1]), layer('RNN', 'rnn', { cell })]);
    await expect(loadConverted(topology(model))).rejects.toThrow('the layer "rnn/cell" has the activation');
  });
});
