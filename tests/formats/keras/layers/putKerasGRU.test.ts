import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../../src/backend/useWasmBackend';
import { convertKerasModel } from '../../../../src/formats/keras/convertKerasModel';
import { listLayers } from '../../../../src/model/listLayers';
import { input2, layer2, sequential2, topology2 } from '../keras2';
import { input, layer, sequential, topology } from '../keras3';
import { loadConverted, predict, saveInMemory, type Weights } from '../loadConverted';

const cellOf = {
  units: 1,
  activation: 'linear',
  recurrent_activation: 'sigmoid',
  use_bias: true,
  recurrent_initializer: 'orthogonal',
  reset_after: true,
};
const gru = { ...cellOf, return_sequences: true, go_backwards: false };
/** Gates that are half open, and new values of x + (h + 2) / 2. */
const weights = (prefix: string): Weights => ({
  [`${prefix}/kernel`]: [
    [1, 3],
    [0, 0, 1],
  ],
  [`${prefix}/recurrent_kernel`]: [
    [1, 3],
    [0, 0, 1],
  ],
  [`${prefix}/bias`]: [
    [2, 3],
    [0, 0, 0, 0, 0, 2],
  ],
});
// h' = h / 2 + (x + (h + 2) / 2) / 2: from 0 by 4 to 2.5, by 8 to 6.375.
const [first, second] = [2.5, 6.375];
const [last, beforeLast] = [0.5 + 4, 0.75 * 4.5 + 2.5];

beforeAll(async () => {
  await useWasmBackend();
});

describe('a GRU that resets after', () => {
  it('is in cells and stacks of cells', async () => {
    const cell = layer('GRUCell', 'cell', cellOf);
    const rnn = (inside: object) =>
      topology(
        sequential('s', [
          input('i', [null, 2, 1]),
          layer('RNN', 'l', { cell: inside, return_sequences: true }),
        ]),
      );
    const model = await loadConverted(rnn(cell), weights('l/cell'));
    expect(predict(model, [1, 2, 1], [4, 8])).toEqual([first, second]);
    const saved = convertKerasModel(await saveInMemory(model));
    expect(JSON.stringify(saved.modelTopology)).toContain('"reset_after":true');
    model.dispose();
    const stack = layer('StackedRNNCells', 'stack', { cells: [cell] });
    const stacked = await loadConverted(rnn(stack), weights('l/RNNCell_0'));
    expect(predict(stacked, [1, 2, 1], [4, 8])).toEqual([first, second]);
    stacked.dispose();
  });

  it.each([2, 3])('goes both ways in a Bidirectional of Keras %i', async (version) => {
    const both = { merge_mode: 'concat', layer: (version === 2 ? layer2 : layer)('GRU', 'gru', gru) };
    const backward = layer('GRU', 'backward_gru', { ...gru, go_backwards: true });
    const model =
      version === 2
        ? topology2(sequential2('s', [input2('i', [null, 2, 1]), layer2('Bidirectional', 'l', both)]))
        : topology(
            sequential('s', [
              input('i', [null, 2, 1]),
              layer('Bidirectional', 'l', {
                ...both,
                layer: layer('GRU', 'forward_gru', gru),
                backward_layer: backward,
              }),
            ]),
          );
    const loaded = await loadConverted(model, {
      ...weights('l/forward_gru'),
      ...weights('l/backward_gru'),
    });
    const expected = [first, beforeLast, second, last];
    expect(predict(loaded, [1, 2, 1], [4, 8])).toEqual(expected);
    expect(listLayers(loaded).map(({ className }) => className)).toContain('Bidirectional');

    const saved = await saveInMemory(loaded);
    const again = await loadConverted(saved.modelTopology as object, {
      ...weights('l/forward_gru'),
      ...weights('l/backward_gru'),
    });
    expect(predict(again, [1, 2, 1], [4, 8])).toEqual(expected);
    for (const each of [loaded, again]) each.dispose();
  });
});
