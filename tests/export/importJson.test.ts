import { describe, expect, it } from 'vitest';
import type { Activation } from '../../src/common/types';
import { exportJson, importJson } from '../../src/export';
import { createFigure } from '../../src/figure/createFigure';

const activation: Activation = {
  layerName: 'conv',
  className: 'Conv2D',
  shape: [1, 2, 2, 2],
  data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
};
const figure = createFigure(activation);

type Json = Record<string, unknown>;
interface Stored {
  activations: Json[];
  figures: (Json & { tiles: Json[] })[];
}

function edit(editor: (stored: Stored) => void): string {
  const stored = JSON.parse(exportJson([activation, figure])) as Stored;
  editor(stored);
  return JSON.stringify(stored);
}
const withData = (data: unknown) => edit(({ activations: [one] }) => void Object.assign(one!, { data }));
const withTile = (change: Json) => edit(({ figures: [one] }) => void Object.assign(one!.tiles[1]!, change));

describe('importJson', () => {
  it.each<[string, string]>([
    [withData([1, 2, 'abc', 4, 5, 6, 7, 8]), 'text.activations[0].data[2]: expected a number, got "abc"'],
    [withData([null, 2, 3, 4, 5, 6, 7, 8]), 'text.activations[0].data[0]: expected a number, got null'],
    [withData([1, 2, 3, true, 5, 6, 7, 8]), 'text.activations[0].data[3]: expected a number, got true'],
    [withData([1, 2, 3, '5', 5, 6, 7, 8]), 'text.activations[0].data[3]: expected a number, got "5"'],
    [withData([[1], 2, 3, 4, 5, 6, 7, 8]), 'text.activations[0].data[0]: expected a number, got [1]'],
    [
      withData([1e39, 2, 3, 4, 5, 6, 7, 8]),
      'text.activations[0].data[0]: expected a number of 32 bits, got 1e+39',
    ],
    [withData([1]), 'text.activations[0].data: expected 8 values, got 1'],
    [withData({ length: 300_000_000 }), 'text.activations[0].data: expected an array, got an object'],
    [withData('12345678'), 'text.activations[0].data: expected an array, got "12345678"'],
    [withData([1]).replace('[1]', '[1e999]'), 'text.activations[0].data[0]: expected a number, got Infinity'],
    [
      edit(({ activations: [one] }) => void Object.assign(one!, { shape: [1, 5, 5, 9] })),
      'text.activations[0].data: expected 225 values, got 8',
    ],
    [
      edit(({ activations: [one] }) => void Object.assign(one!, { shape: [8.5] })),
      'text.activations[0].shape: expected an array of whole numbers, got [8.5]',
    ],
    [
      edit(({ activations: [one] }) => void Object.assign(one!, { shape: { length: 3e8 } })),
      'text.activations[0].shape: expected an array of whole numbers, got an object',
    ],
    [
      edit(({ activations: [one] }) => void delete one!.className),
      'text.activations[0].className: expected a string, got undefined',
    ],
    [
      edit((stored) => void stored.activations.splice(0, 1, 3 as never)),
      'text.activations[0]: expected an object, got 3',
    ],
    [
      edit((stored) => void Object.assign(stored, { figures: { length: 3e8 } as never })),
      'text.figures: expected an array, got an object',
    ],
    [
      withTile({ indices: [1, 2, 3, 300] }),
      'text.figures[0].tiles[1].indices[3]: expected a whole number from 0 to 255, got 300',
    ],
    [
      withTile({ indices: [1, 2, 3, -1] }),
      'text.figures[0].tiles[1].indices[3]: expected a whole number from 0 to 255, got -1',
    ],
    [
      withTile({ indices: [1, 2, 3, 0.5] }),
      'text.figures[0].tiles[1].indices[3]: expected a whole number from 0 to 255, got 0.5',
    ],
    [withTile({ indices: [1, 2, 3] }), 'text.figures[0].tiles[1].indices: expected 4 bytes, got 3'],
    [withTile({ missing: [0, 0, 0, 2] }), 'text.figures[0].tiles[1].missing[3]: expected 0 or 1, got 2'],
    [withTile({ rgb: [0, 0, 0] }), 'text.figures[0].tiles[1].rgb: expected 12 bytes, got 3'],
    [withTile({ min: null }), 'text.figures[0].tiles[1].min: expected a number, got null'],
    [withTile({ domain: ['a', 1] }), 'text.figures[0].tiles[1].domain[0]: expected a number, got "a"'],
    [withTile({ domain: 5 }), 'text.figures[0].tiles[1].domain: expected two numbers, got 5'],
    [withTile({ dead: 1 }), 'text.figures[0].tiles[1].dead: expected true or false, got 1'],
    [withTile({ width: 1e9 }), 'text.figures[0].tiles[1]: expected a tile within'],
    [withTile({ more: 1 }), 'text.figures[0].tiles[1]: expected no field "more", which would be lost'],
    [
      edit(({ figures: [one] }) => void Object.assign(one!, { colormap: { name: 'x', rgba: [1, 2] } })),
      'text.figures[0].colormap.rgba: expected 1024 bytes, got 2',
    ],
    [
      edit(({ figures: [one] }) => void Object.assign(one!, { scale: 'linear' })),
      'text.figures[0].scale: expected "log", got "linear"',
    ],
    ['{"activations": [], "figures": [], "more": 1}', 'text: expected no field "more"'],
    ['{"activations": [], "figures": [], "__proto__": {}}', 'text: expected no field "__proto__"'],
    ['null', 'text: expected an object, got null'],
    ['[]', 'text: expected an object, got []'],
    ['', 'text: expected what exportJson writes, got a text that is no JSON'],
    ['x'.repeat(1e6), 'text: expected what exportJson writes, got a text that is no JSON'],
    [
      `${'['.repeat(1e5)}${']'.repeat(1e5)}`,
      'text: expected what exportJson writes, got arrays and objects more than 32 deep',
    ],
    [
      `[${'{},'.repeat(2 ** 20)}{}]`,
      'text: expected what exportJson writes, got more than 1048576 arrays and objects',
    ],
    ['["\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["]', 'text: expected an object, got an array'],
    [
      edit(({ activations: [one] }) => void Object.assign(one!, { layerName: 0 })).replace(
        '"layerName":0',
        `"layerName":${'['.repeat(1e5)}${']'.repeat(1e5)}`,
      ),
      'text: expected what exportJson writes, got arrays and objects more than 32 deep',
    ],
    [
      edit(({ activations: [one] }) => void Object.assign(one!, { layerName: [[[[1]]]] })),
      'text.activations[0].layerName: expected a string, got an array',
    ],
  ])('refuses what exportJson does not write, %#', (text, message) => {
    expect(() => importJson(text)).toThrow(RangeError);
    expect(() => importJson(text)).toThrow(message);
  });

  it('reads no more than it may', () => {
    const text = exportJson([activation]);
    expect(importJson(text, { maxBytes: text.length }).activations).toEqual([activation]);
    expect(() => importJson(text, { maxBytes: text.length - 1 })).toThrow(
      `text: expected at most ${text.length - 1} characters, got ${text.length}; pass maxBytes to read more`,
    );
  });
});
