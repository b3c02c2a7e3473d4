import { describe, expect, it } from 'vitest';
import { listPlaces } from '../../../src/formats/keras/listPlaces';

const layer = (className: string, name: string, config: object = {}) => ({
  class_name: className,
  config: { name, ...config },
});
const model = (className: string, name: string, layers: readonly object[]) =>
  layer(className, name, { layers });

/** Where each weight of some layers is, as name and path. */
function list(...layers: object[]): [name: string, path: string][] {
  return listPlaces(model('Sequential', 'm', layers)).flatMap(({ weights }) =>
    weights.map(({ name, folder, index }): [string, string] => [name, `${folder.join('/')}/vars/${index}`]),
  );
}

describe('the folders of layers', () => {
  it.each([
    ['Conv2D', 'conv2d'],
    ['Conv2DTranspose', 'conv2d_transpose'],
    ['ConvLSTM2D', 'conv_lstm2d'],
    ['BatchNormalization', 'batch_normalization'],
    ['ReLU', 're_lu'],
    ['LeakyReLU', 'leaky_re_lu'],
    ['PReLU', 'p_re_lu'],
    ['ELU', 'elu'],
    ['GRU', 'gru'],
    ['SpatialDropout2D', 'spatial_dropout2d'],
    ['GlobalAveragePooling2D', 'global_average_pooling2d'],
    ['MultiHeadAttention', 'multi_head_attention'],
    ['Model', 'functional'],
  ])('of %s are called %s', (className, folder) => {
    const places = listPlaces(
      model('Sequential', 'm', [
        layer(className, 'a', { layers: [] }),
        layer(className, 'b', { layers: [] }),
      ]),
    );
    expect(places.map((place) => place.folder)).toEqual([
      ['layers', folder],
      ['layers', `${folder}_1`],
    ]);
  });

  it('go by classes and order, not by names', () => {
    const dense = (name: string) => layer('Dense', name, { units: 1, use_bias: false });
    expect(list(dense('dense_layer'), dense('dense_2'), dense('dense_1'))).toEqual([
      ['dense_layer/kernel', 'layers/dense/vars/0'],
      ['dense_2/kernel', 'layers/dense_1/vars/0'],
      ['dense_1/kernel', 'layers/dense_2/vars/0'],
    ]);
  });

  it('of layers inside layers lie in theirs', () => {
    const dense = layer('Dense', 'd', { units: 1, use_bias: false });
    expect(
      list(
        layer('TimeDistributed', 't', { layer: dense }),
        layer('TimeDistributed', 'u', { layer: model('Sequential', 's', [dense]) }),
        model('Functional', 'f', [model('Sequential', 'g', [dense])]),
      ),
    ).toEqual([
      ['t/kernel', 'layers/time_distributed/layer/vars/0'],
      ['d/kernel', 'layers/time_distributed_1/layer/layers/dense/vars/0'],
      ['d/kernel', 'layers/functional/layers/sequential/layers/dense/vars/0'],
    ]);
  });

  it('of recurrent layers are those of their cells', () => {
    const config = { units: 1, use_bias: false };
    const cells = [
      layer('LSTMCell', 'c', config),
      layer('GRUCell', 'd', config),
      layer('LSTMCell', 'e', config),
    ];
    expect(
      list(
        layer('LSTM', 'l', config),
        layer('RNN', 'one', { cell: cells[0] }),
        layer('RNN', 'several', { cell: layer('StackedRNNCells', 's', { cells }) }),
        layer('Bidirectional', 'b', { layer: layer('GRU', 'g', config) }),
      ),
    ).toEqual([
      ['l/kernel', 'layers/lstm/cell/vars/0'],
      ['l/recurrent_kernel', 'layers/lstm/cell/vars/1'],
      ['one/kernel', 'layers/rnn/cell/vars/0'],
      ['one/recurrent_kernel', 'layers/rnn/cell/vars/1'],
      ['several/RNNCell_0/kernel', 'layers/rnn_1/cell/cells/lstm_cell/vars/0'],
      ['several/RNNCell_0/recurrent_kernel', 'layers/rnn_1/cell/cells/lstm_cell/vars/1'],
      ['several/RNNCell_1/kernel', 'layers/rnn_1/cell/cells/gru_cell/vars/0'],
      ['several/RNNCell_1/recurrent_kernel', 'layers/rnn_1/cell/cells/gru_cell/vars/1'],
      ['several/RNNCell_2/kernel', 'layers/rnn_1/cell/cells/lstm_cell_1/vars/0'],
      ['several/RNNCell_2/recurrent_kernel', 'layers/rnn_1/cell/cells/lstm_cell_1/vars/1'],
      ['b/forward_g/kernel', 'layers/bidirectional/forward_layer/cell/vars/0'],
      ['b/forward_g/recurrent_kernel', 'layers/bidirectional/forward_layer/cell/vars/1'],
      ['b/backward_g/kernel', 'layers/bidirectional/backward_layer/cell/vars/0'],
      ['b/backward_g/recurrent_kernel', 'layers/bidirectional/backward_layer/cell/vars/1'],
    ]);
  });

  it('of attention are those of its parts', () => {
    expect(list(layer('MultiHeadAttention', 'a'))).toEqual([
      ['a/query/kernel', 'layers/multi_head_attention/query_dense/vars/0'],
      ['a/query/bias', 'layers/multi_head_attention/query_dense/vars/1'],
      ['a/key/kernel', 'layers/multi_head_attention/key_dense/vars/0'],
      ['a/key/bias', 'layers/multi_head_attention/key_dense/vars/1'],
      ['a/value/kernel', 'layers/multi_head_attention/value_dense/vars/0'],
      ['a/value/bias', 'layers/multi_head_attention/value_dense/vars/1'],
      ['a/attention_output/kernel', 'layers/multi_head_attention/output_dense/vars/0'],
      ['a/attention_output/bias', 'layers/multi_head_attention/output_dense/vars/1'],
    ]);
  });
});
