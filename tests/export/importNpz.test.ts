import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exportNpy, exportNpz, importNpz } from '../../src/export';
import { writeNpy } from '../../src/export/npyFormat';
import { writeZip } from '../common/zip/zipFile';
import { activation, bytes, change, edit, figure, writeText } from './npzFixtures';

describe('importNpz', () => {
  it('gives back an activation by the name of a part of a figure', () => {
    const twin = { ...activation, layerName: 'foo/indices' };
    expect(importNpz(exportNpz([twin, figure]))).toEqual({ activations: [twin], figures: [figure] });
  });

  it('gives back layers by the names of what every object has', () => {
    const items = ['__proto__', 'constructor', 'toString', 'a', 'a.npy', 'A'].map((layerName) => ({
      ...activation,
      layerName,
    }));
    expect(importNpz(exportNpz(items)).activations).toEqual(items);
  });

  it('gives back what has been added to the arrays', () => {
    const { activations, figures } = importNpz(change({ more: exportNpy({ ...activation, shape: [8] }) }));
    expect(figures).toEqual([figure]);
    expect(activations.map(({ layerName, shape }) => [layerName, shape])).toEqual([
      ['conv', [1, 2, 2, 2]],
      ['more', [8]],
    ]);
  });

  it('reads arrays by the names that every object has', () => {
    const content = exportNpy(activation);
    const file = writeZip([
      { name: 'folder/', content: new Uint8Array(0) },
      { name: '__proto__.npy', content },
    ]);
    expect(importNpz(file).activations).toEqual([{ ...activation, layerName: '__proto__', className: '' }]);
  });

  it.each([
    ['a.npy', 'a.npy'],
    ['a', 'a.npy'],
    ['a.npy', 'a'],
  ])('refuses %j beside %j', (...names) => {
    const file = writeZip(names.map((name) => ({ name, content: exportNpy(activation) })));
    expect(() => importNpz(file)).toThrow(new RangeError('file: expected each name once, got "a" twice'));
  });

  it('refuses an array of which a byte has changed', () => {
    const file = exportNpz([activation]);
    const stored = writeZip([{ name: 'a.npy', content: exportNpy(activation) }]);
    stored[30 + 5 + 128] = stored[30 + 5 + 128]! ^ 1;
    expect(() => importNpz(stored)).toThrow(
      'file, entry "a": expected a .npz file, got one that cannot be unpacked: it is damaged: its check sum is another',
    );
    expect(importNpz(file).activations).toEqual([activation]);
  });

  const cells = 'file, entry "foo/indices": expected "|u1" of [2, 2, 2], got';
  it.each<[string, Uint8Array, string]>([
    [
      'without indices',
      change({ 'foo/indices': undefined }),
      'file: expected the entry "foo/indices", got a file without it',
    ],
    [
      'without a colour map',
      change({ 'foo/colormap': undefined }),
      'file: expected the entry "foo/colormap", got a file',
    ],
    [
      'without its activation',
      change({ conv: undefined }),
      'file: expected the entry "conv", got a file without it',
    ],
    [
      'with short indices',
      change({ 'foo/indices': bytes([2, 2, 2], 7) }),
      'file, entry "foo/indices": expected 8 bytes, got 7',
    ],
    ['with more indices', change({ 'foo/indices': bytes([3, 2, 2]) }), `${cells} "|u1" of [3, 2, 2]`],
    [
      'with float indices',
      change({ 'foo/indices': bytes([2, 2, 2], 32, '<f4') }),
      `${cells} "<f4" of [2, 2, 2]`,
    ],
    [
      'with a short colour map',
      change({ 'foo/colormap': bytes([2]) }),
      'expected "|u1" of [256, 4], got "|u1" of [2]',
    ],
    [
      'with other flags',
      change({ 'foo/missing': bytes([2, 2]) }),
      'expected "|u1" of [2, 2, 2], got "|u1" of [2, 2]',
    ],
    [
      'with flags above 1',
      change({
        'foo/missing': writeNpy({
          descr: '|u1',
          shape: [2, 2, 2],
          bytes: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 2),
        }),
      }),
      'file.figures[0].tiles[1].missing[3]: expected 0 or 1, got 2',
    ],
    [
      'with flags that nobody is to see',
      change({ 'foo/missing': bytes([2, 2, 2], 8).fill(1, -8) }),
      'file.figures[0].tiles[0].hasMissing: expected true, got false',
    ],
    [
      'with colours of another size',
      change({ 'foo/rgb': bytes([2, 2, 2]) }),
      'expected "|u1" of [2, 2, 2, 3], got "|u1" of [2, 2, 2]',
    ],
    [
      'with a text that is a number',
      change({ layerscope: bytes([2]) }),
      'file, entry "layerscope": expected a text, got "|u1" of 1 dimensions',
    ],
    [
      'with a text that is no JSON',
      change({ layerscope: writeText('{') }),
      'file: expected a text of JSON in its array "layerscope"',
    ],
    ['with a text of null', edit(() => null), 'file: expected an object, got null'],
    ['with a third list', edit((data) => ({ ...data, more: [] })), 'file: expected no field "more"'],
    [
      'with no list',
      edit(({ figures }) => ({ figures, activations: 3 })),
      'file.activations: expected an array, got 3',
    ],
    [
      'with data in its text',
      edit(({ activations }) => void Object.assign(activations[0]!, { data: [1] })),
      'file.activations[0]: expected no field "data"',
    ],
    [
      'with a shape in its text',
      edit(({ activations }) => void Object.assign(activations[0]!, { shape: [8] })),
      'file.activations[0]: expected no field "shape"',
    ],
    [
      'with an unknown field',
      edit(({ activations }) => void Object.assign(activations[0]!, { note: 1 })),
      'file.activations[0]: expected no field "note", which would be lost',
    ],
    [
      'with a name that is none',
      edit(({ activations }) => void Object.assign(activations[0]!, { layerName: 3 })),
      'file.activations[0].layerName: expected a string, got 3',
    ],
    [
      'with lostNaN that is none',
      edit(({ activations }) => void Object.assign(activations[0]!, { lostNaN: 'yes' })),
      'file.activations[0].lostNaN: expected true, got "yes"',
    ],
    [
      'with an entry that is none',
      edit(({ activations }) => void Object.assign(activations[0]!, { entry: 3 })),
      'file: expected the entry 3, got a file without it',
    ],
    [
      'with an entry twice',
      edit(({ activations }) => void activations.push(activations[0]!)),
      'file: expected the entry "conv", got it named twice',
    ],
    [
      'with more tiles',
      edit(({ figures: [one] }) => void one!.tiles.push(one!.tiles[0]!)),
      'expected "|u1" of [3, 2, 2], got "|u1" of [2, 2, 2]',
    ],
    [
      'with fewer tiles',
      edit(({ figures: [one] }) => void one!.tiles.pop()),
      'expected "|u1" of [1, 2, 2], got "|u1" of [2, 2, 2]',
    ],
    [
      'with a tile of another size',
      edit(({ figures: [one] }) => void Object.assign(one!.tiles[1]!, { width: 1 })),
      'file.figures[0].tiles[1]: expected the size of the first tile',
    ],
    [
      'with a tile outside',
      edit(({ figures: [one] }) => void Object.assign(one!.tiles[1]!, { x: 9 })),
      'file.figures[0].tiles[1]: expected a tile within 5 × 2, got 2 × 2 at 9, 0',
    ],
    [
      'with indices in its text',
      edit(({ figures: [one] }) => void Object.assign(one!.tiles[1]!, { indices: [] })),
      'file.figures[0].tiles[1]: expected no field "indices"',
    ],
    [
      'with a channel that is none',
      edit(({ figures: [one] }) => void Object.assign(one!.tiles[1]!, { channel: 0.5 })),
      'tiles[1].channel: expected a whole number of at least 0, got 0.5',
    ],
    [
      'with a label that is none',
      edit(({ figures: [one] }) => void Object.assign(one!.tiles[0]!, { label: 7 })),
      'tiles[0].label: expected a string, got 7',
    ],
    [
      'with a minimum that is none',
      edit(({ figures: [one] }) => void Object.assign(one!.tiles[0]!, { min: 'low' })),
      'tiles[0].min: expected a number, got "low"',
    ],
    [
      'with hasMissing that is none',
      edit(({ figures: [one] }) => void Object.assign(one!.tiles[0]!, { hasMissing: 1 })),
      'tiles[0].hasMissing: expected true or false, got 1',
    ],
    [
      'with hasRgb taken away',
      edit(({ figures: [one] }) => void Object.assign(one!.tiles[0]!, { hasRgb: false })),
      'tiles[0].hasRgb: expected true, got false',
    ],
    [
      'with a range that is none',
      edit(({ figures: [one] }) => void Object.assign(one!, { domain: [1] })),
      'file.figures[0].domain: expected two numbers',
    ],
    [
      'with a gradient that is none',
      edit(({ figures: [one] }) => void Object.assign(one!, { gradient: [9, 3] })),
      'file.figures[0].gradient: expected two palette indices',
    ],
    [
      'with lostNaN of a figure that is none',
      edit(({ figures: [one] }) => void Object.assign(one!, { lostNaN: 1 })),
      'file.figures[0].lostNaN: expected true, got 1',
    ],
    [
      'with a colour map without a name',
      edit(({ figures: [one] }) => void Object.assign(one!, { colormap: null })),
      'file.figures[0].colormap.name: expected a string, got null',
    ],
  ])('refuses a file %s', (_, file, message) => {
    expect(() => importNpz(file)).toThrow(RangeError);
    expect(() => importNpz(file)).toThrow(message);
  });

  it('reads no more than it may', () => {
    const zeros = writeNpy({ descr: '|u1', shape: [1000], bytes: new Uint8Array(1000) });
    const file = writeZip([{ name: 'a.npy', content: zeros, isDeflated: true }]);
    expect(importNpz(file, { maxBytes: 4000 }).activations[0]!.data).toHaveLength(1000);
    expect(() => importNpz(file, { maxBytes: 3999 })).toThrow(
      'file, entry "a": expected at most 3999 bytes as float32, got 4000; pass maxBytes to read more',
    );
    expect(() => importNpz(file, { maxBytes: 1000 })).toThrow(
      'file: expected at most 1000 bytes when unpacked, got more; pass maxBytes to read them',
    );
    expect(() => importNpz(file, { maxBytes: -1 })).toThrow(
      'maxBytes: expected a whole number of at least 1, got -1',
    );
    // By default, 256 MB: 300,000 bytes that say that they are 300,000,000.
    const large = { name: 'a.npy', content: zeros, isDeflated: true };
    const claim = { ...large, packed: new Uint8Array(300_000), size: 300_000_000 };
    expect(() => importNpz(writeZip([claim]))).toThrow('at most 268435456 bytes when unpacked');
    // And some that say they are less.
    const lie = { ...large, packed: deflateRawSync(new Uint8Array(5_000_000)) };
    expect(() => importNpz(writeZip([lie]))).toThrow(
      `it is damaged: expected ${zeros.length} bytes, got more`,
    );
  });
});
