import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import type { Activation, Figure } from '../../src/common/types';
import { exportJson, exportNpy, exportNpz, importJson, importNpy, importNpz } from '../../src/export';
import { createFigure } from '../../src/figure/createFigure';

const folder = mkdtempSync(join(tmpdir(), 'layerscope-npz-'));
afterAll(() => rmSync(folder, { recursive: true }));
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

function python(script: string): string {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', `import numpy, json\n${script}`], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

const odd = [0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-45, 3.4e38, 1 / 3];
const activation: Activation = {
  layerName: 'block/conv',
  className: 'Conv2D',
  preActivation: 'relu',
  shape: [1, 2, 2, 2],
  data: Float32Array.from(odd),
};
const figures = [
  createFigure(activation, { scaling: [0, 2], belowColor: 'black' }),
  createFigure(activation, { scaling: { percentiles: [10, 90] }, title: 'Größe 🙂' }),
  createFigure({ ...activation, shape: [1, 2, 2, 2, 1] }, { slice: 'all', markDead: [0] }),
];
const [plain] = figures as [Figure];
/** Of its two tiles, one has colours of its own. */
const colored: Figure = {
  ...plain,
  title: 'in colour',
  tiles: plain.tiles.map((tile, index) =>
    index === 0
      ? tile
      : { ...tile, label: 'output 1', rgb: Uint8Array.from({ length: 12 }, (_, at) => at * 20) },
  ),
};
figures.push(colored);
const bits = ({ data }: { data: Float32Array }) => [
  ...new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
];

describe('a .npy file', () => {
  it('begins with a header whose end is at a multiple of 64', () => {
    const file = exportNpy({ ...activation, shape: [8] });
    const header = new TextDecoder('latin1').decode(file.subarray(0, 128));
    expect(file).toHaveLength(128 + 32);
    expect(
      header.startsWith("\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, 'shape': (8,), }"),
    ).toBe(true);
    expect(header.endsWith(' \n')).toBe(true);
    expect([...file.subarray(128, 132)]).toEqual([0xcd, 0xcc, 0xcc, 0x3d]);
  });

  it('is read back to the bit', () => {
    const back = importNpy(exportNpy(activation), { layerName: 'x', className: 'Y' });
    expect(back).toMatchObject({ layerName: 'x', className: 'Y', shape: [1, 2, 2, 2] });
    expect(bits(back)).toEqual(bits(activation));
    expect(importNpy(exportNpy(activation))).toMatchObject({ layerName: 'array', className: '' });
  });

  const header = (dict: string) => {
    const text = `${dict}\n`;
    return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0, ...Buffer.from(text)]);
  };
  it.each<[unknown, string]>([
    ['x', 'file: expected the bytes of a .npy file, got "x"'],
    [new Uint8Array(20), 'file: expected a .npy file, got one that does not begin as such'],
    [exportNpy(activation).subarray(0, 60), 'file: expected a whole file, got one that ends in its header'],
    [
      exportNpy(activation).subarray(0, 140),
      'file: expected 32 bytes for the shape [1, 2, 2, 2] of <f4, got 12',
    ],
    [header('{}'), 'file: expected a header with one type, an order and a shape, got "{}"'],
    [
      header("{'descr': '|O', 'fortran_order': False, 'shape': ()}"),
      'got the type "|O"; objects are not read',
    ],
    [
      header("{'descr': '<c8', 'fortran_order': False, 'shape': ()}"),
      'got the type "<c8"; try .astype(numpy.float32)',
    ],
    [
      Uint8Array.from(exportNpy(activation), (byte, at) => (at === 6 ? 9 : byte)),
      'expected version 1, 2 or 3 of the format, got 9',
    ],
  ])('is refused where it is none, %#', (file, message) => {
    expect(() => importNpy(file as never)).toThrow(message);
  });

  it('is refused with options that are none', () => {
    expect(() => importNpy(exportNpy(activation), { layerName: 3 as never })).toThrow(
      'layerName: expected a string, got 3',
    );
    expect(() => exportNpy({ ...activation, shape: [9] })).toThrow('activation: expected 9 values');
  });

  it.runIf(hasNumpy)('is read by numpy exactly', () => {
    writeFileSync(join(folder, 'a.npy'), exportNpy(activation));
    const printed = python("a = numpy.load('a.npy')\nprint(a.dtype, a.shape, a.tobytes().hex())");
    expect(printed).toBe(`float32 (1, 2, 2, 2) ${Buffer.from(bits(activation)).toString('hex')}`);
  });

  it.runIf(hasNumpy)('of numpy is read, whatever its order, its bytes and its type', () => {
    python(`
a = numpy.arange(24).reshape(2, 3, 4)
for name, b in [('f8', a.astype('f8')), ('big', a.astype('>f4')), ('i8', a), ('u1', a.astype('u1')), ('i2', a.astype('>i2')),
    ('fortran', numpy.asfortranarray(a.astype('f4')))]:
  numpy.save(name, b)
numpy.lib.format.write_array(open('two.npy', 'wb'), a.astype('f4'), version=(2, 0))
numpy.save('scalar', numpy.float32(7))
numpy.save('third', numpy.array([1 / 3]))`);
    const expected = Array.from({ length: 24 }, (_, at) => at);
    for (const name of ['f8', 'big', 'i8', 'u1', 'i2', 'fortran', 'two']) {
      const { shape, data } = importNpy(readFileSync(join(folder, `${name}.npy`)));
      expect([name, shape, [...data]]).toEqual([name, [2, 3, 4], expected]);
    }
    expect(importNpy(readFileSync(join(folder, 'scalar.npy')))).toMatchObject({
      shape: [],
      data: Float32Array.of(7),
    });
    expect(() => importNpy(readFileSync(join(folder, 'third.npy')))).toThrow(
      'file: expected numbers that are exact in 32 bits, got 0.3333333333333333; use .astype(numpy.float32) to round them',
    );
  });
});

describe.each([
  ['.npz', (items: Parameters<typeof exportNpz>[0]) => importNpz(exportNpz(items))],
  ['JSON', (items: Parameters<typeof exportNpz>[0]) => importJson(exportJson(items))],
])('%s', (_, roundTrip) => {
  it('gives activations and figures back as they were', () => {
    const back = roundTrip([activation, ...figures]);
    expect(back.activations).toHaveLength(1);
    expect({ ...back.activations[0], data: 0 }).toEqual({ ...activation, data: 0 });
    // What kind of NaN it is, JSON does not say.
    expect([...back.activations[0]!.data]).toEqual([...activation.data]);
    expect(back.figures).toEqual(figures);
    expect(roundTrip([])).toEqual({ activations: [], figures: [] });
  });

  it('refuses what is neither', () => {
    expect(() => roundTrip(7 as never)).toThrow('items: expected an array of activations and figures, got 7');
    expect(() => roundTrip([activation, {}] as never)).toThrow(
      'items[1]: expected an activation or a figure, got an object',
    );
  });
});

describe('a .npz file', () => {
  it('keeps names apart, and none leads out of its folder', () => {
    const names = ['a', 'a', '../../x', '/etc/y', 'layerscope', 'C:\\z', ''];
    const file = exportNpz(names.map((layerName) => ({ ...activation, layerName })));
    const text = Buffer.from(file).toString('latin1');
    expect(
      [...new Set(text.match(/[^\0-\x1f]{0,20}\.npy/g)!.map((name) => name.replace(/.*PK/, '')))].join(),
    ).not.toMatch(/\.\.\/|[\\:]/);
    expect(importNpz(file).activations.map(({ layerName }) => layerName)).toEqual(names);
  });

  it.runIf(hasNumpy)('is read by numpy without pickle, by the names of the layers', () => {
    writeFileSync(join(folder, 'a.npz'), exportNpz([activation, figures[1]!]));
    const printed = python(`
with numpy.load('a.npz', allow_pickle=False) as f:
  print(json.dumps([sorted(f.files), f['block/conv'].tobytes().hex(), f['Größe 🙂/indices'].tolist(),
    json.loads(str(f['layerscope']))['figures'][0]['title'], list(f['Größe 🙂/colormap'].shape)]))`);
    const [names, hex, indices, title, shape] = JSON.parse(printed);
    expect(names).toEqual([
      'Größe 🙂/colormap',
      'Größe 🙂/indices',
      'Größe 🙂/missing',
      'block/conv',
      'layerscope',
    ]);
    expect(hex).toBe(Buffer.from(bits(activation)).toString('hex'));
    expect(indices.flat(2)).toEqual(figures[1]!.tiles.flatMap((tile) => [...tile.indices]));
    expect([title, shape]).toEqual(['Größe 🙂', [256, 4]]);
  });

  it.runIf(hasNumpy)('holds colours of their own as numpy reads pictures', () => {
    writeFileSync(join(folder, 'rgb.npz'), exportNpz([colored]));
    const printed = python(`
with numpy.load('rgb.npz', allow_pickle=False) as f:
  print(json.dumps([list(f['in colour/rgb'].shape), f['in colour/rgb'].reshape(-1).tolist()]))`);
    expect(JSON.parse(printed)).toEqual([
      [2, 2, 2, 3],
      [...new Array(12).fill(0), 0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220],
    ]);
  });

  it.runIf(hasNumpy)('of numpy is read as activations by their names', () => {
    python(`
numpy.savez('s.npz', one=numpy.zeros((1, 2), 'f4'), two=numpy.arange(3))
numpy.savez_compressed('c.npz', numpy.ones((2, 2)))`);
    expect(importNpz(readFileSync(join(folder, 's.npz'))).activations).toEqual([
      { layerName: 'one', className: '', shape: [1, 2], data: Float32Array.of(0, 0) },
      { layerName: 'two', className: '', shape: [3], data: Float32Array.of(0, 1, 2) },
    ]);
    const [array] = importNpz(readFileSync(join(folder, 'c.npz'))).activations;
    expect(array).toMatchObject({ layerName: 'arr_0', shape: [2, 2] });
  });

  it.each<[unknown, string]>([
    [3, 'file: expected the bytes of a .npz file, got 3'],
    [new Uint8Array(9), 'file: expected a .npz file, got one that cannot be unpacked'],
    [exportNpz([activation]).subarray(0, 200), 'file: expected a .npz file, got one that cannot be unpacked'],
    [zipSync({ 'a.npy': new Uint8Array(3) }), 'file, entry "a": expected a .npy file'],
    [zipSync({ 'layerscope.npy': new Uint8Array(30) }), 'file, entry "layerscope": expected a .npy file'],
  ])('is refused where it is none, %#', (file, message) => {
    expect(() => importNpz(file as never)).toThrow(message);
  });
});

describe('JSON', () => {
  it('can be read by people', () => {
    const json = exportJson([{ ...activation, shape: [8] }]);
    expect(JSON.parse(json).activations[0].data).toEqual([
      0.1,
      '-0',
      'NaN',
      'Infinity',
      '-Infinity',
      1.4013e-45,
      3.4e38,
      0.33333334,
    ]);
  });

  it.each([
    [3, 'text: expected a string, got 3'],
    ['{', 'text: expected what exportJson writes, got a text that is no JSON'],
    ['{}', 'text.activations: expected an array, got undefined'],
    ['{"activations": [{}], "figures": []}', 'text.activations[0].data: expected an array, got undefined'],
  ])('is refused where it is none: %j', (text, message) => {
    expect(() => importJson(text as never)).toThrow(message);
  });
});
