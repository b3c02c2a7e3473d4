import { describe, expect, it } from 'vitest';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';
import { call2, functional2, input2, layer2, sequential2, topology2 } from './keras2';
import { call, functional, input, layer, tensorOf, topology } from './keras3';

const convert = (modelTopology: object) => () => convertKerasModel({ modelTopology });
const masked = layer2('Embedding', 'words', { input_dim: 9, output_dim: 2, mask_zero: true });
const stack = (...layers: object[]) =>
  convert(topology2(sequential2('s', [input2('i', [null, 5]), ...layers])));
const mean = layer2('GlobalAveragePooling1D', 'mean');
const lstm = (name: string, sequences = false) =>
  layer2('LSTM', name, { units: 1, return_sequences: sequences });

describe('a mask', () => {
  it('is refused where a mean would be taken without it', () => {
    const message =
      'the layer "mean" leaves out the steps that do not count (mask_zero of an Embedding, or a Masking), which TensorFlow.js would pass over there';
    expect(stack(masked, mean)).toThrow(message);
    expect(stack(masked, layer2('Dropout', 'd'), lstm('rnn', true), mean)).toThrow(message);
    expect(stack(layer2('Masking', 'm'), mean)).toThrow(message);
    expect(stack(masked, layer2('UnitNormalization', 'unit'), mean)).toThrow(message);
    const attention = layer2('MultiHeadAttention', 'heads', { num_heads: 1, key_dim: 1 });
    expect(stack(masked, attention)).toThrow('the layer "heads" leaves out');
  });

  it('is refused where a layer before has dropped it', () => {
    expect(stack(masked, layer2('LeakyReLU', 'leaky'), lstm('rnn'))).toThrow('the layer "rnn" leaves out');
    const both = layer2('Bidirectional', 'both', { layer: lstm('rnn') });
    expect(stack(masked, layer2('Softmax', 'soft'), both)).toThrow('the layer "both" leaves out');
  });

  it('is taken where TensorFlow.js goes by it too, or Keras does not', () => {
    const unmasked = { ...masked.config, mask_zero: false };
    expect(
      stack({ ...masked, config: unmasked }, layer2('LeakyReLU', 'leaky'), lstm('rnn'), mean),
    ).not.toThrow();
    expect(stack(masked, layer2('Dense', 'd', { units: 1 }), lstm('one', true), lstm('two'))).not.toThrow();
    expect(stack(masked, lstm('rnn'), layer2('RepeatVector', 'again', { n: 2 }), mean)).not.toThrow();
    expect(stack(masked, layer2('Conv1D', 'conv', { padding: 'same' }), mean)).not.toThrow();
    expect(stack(masked, layer2('Flatten', 'flat'))).not.toThrow();
  });

  it('is followed along the connections of functional models', () => {
    const layers = [input2('i', [null, 5]), call2(masked, 'i'), call2(mean, 'words')];
    expect(convert(topology2(functional2('f', layers, 'i', 'mean')))).toThrow('the layer "mean" leaves out');
    const words = call(layer('Embedding', 'words', { input_dim: 9, output_dim: 2, mask_zero: true }), [
      tensorOf('i'),
    ]);
    const both = call(layer('Add', 'both'), [[tensorOf('plain'), tensorOf('words')]]);
    const plain = call(layer('Embedding', 'plain', { input_dim: 9, output_dim: 2 }), [tensorOf('i')]);
    const of = (from: string) => {
      const pool = call(layer('GlobalAveragePooling1D', 'mean'), [tensorOf(from)]);
      const all = [input('i', [null, 5]), pool, both, words, plain];
      return convert(topology(functional('f', all, ['i', 0, 0], ['mean', 0, 0])));
    };
    expect(of('both')).toThrow('the layer "mean" leaves out');
    expect(of('plain')).not.toThrow();
  });
});
