import { describe, expect, it } from 'vitest';
import { exportNpy, importNpy } from '../../src/export';
import { attempt, type Chooser, createChooser, mutateBytes } from './mutate';

interface Kind {
  readonly descr: string;
  readonly bytes: number;
  readonly read: (buffer: Buffer, at: number) => number;
}

/** Types of numpy's, read by Node's own functions. */
const KINDS: readonly Kind[] = [
  { descr: '<f4', bytes: 4, read: (buffer, at) => buffer.readFloatLE(at) },
  { descr: '>f4', bytes: 4, read: (buffer, at) => buffer.readFloatBE(at) },
  { descr: '<f8', bytes: 8, read: (buffer, at) => buffer.readDoubleLE(at) },
  { descr: '|u1', bytes: 1, read: (buffer, at) => buffer.readUInt8(at) },
  { descr: '|i1', bytes: 1, read: (buffer, at) => buffer.readInt8(at) },
  { descr: '>i2', bytes: 2, read: (buffer, at) => buffer.readInt16BE(at) },
  { descr: '<u4', bytes: 4, read: (buffer, at) => buffer.readUInt32LE(at) },
];

/** A file whose values are 32-bit floats whatever their type, and what is in it. */
function makeFile({ below, pick }: Chooser) {
  const { descr, bytes, read } = pick(KINDS);
  const shape = Array.from({ length: below(4) }, () => below(5));
  const count = shape.reduce((product, size) => product * size, 1);
  const isFortran = below(3) === 0;
  const body = Buffer.alloc(count * bytes);
  // Small whole numbers, which every type has: a double of random bytes has no exact float.
  const value = Buffer.alloc(8);
  for (let at = 0; at < count; at++) {
    value.fill(0);
    const number = below(100);
    if (descr === '<f4') value.writeFloatLE(number);
    else if (descr === '>f4') value.writeFloatBE(number);
    else if (descr === '<f8') value.writeDoubleLE(number);
    else if (descr === '>i2') value.writeInt16BE(number);
    else value.writeUInt32LE(number);
    value.copy(body, at * bytes, 0, bytes);
  }
  const keys = [`'descr': '${descr}'`, `'fortran_order': ${isFortran ? 'True' : 'False'}`];
  const dict = `{${keys.join(', ')}, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }\n`;
  const head = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, dict.length, 0, ...Buffer.from(dict)]);
  const steps = shape.map((_, axis) =>
    (isFortran ? shape.slice(0, axis) : shape.slice(axis + 1)).reduce((product, size) => product * size, 1),
  );
  /** The values in C order, by a plain loop over all indices. */
  const values = Array.from({ length: count }, (_, place) => {
    let [rest, from] = [place, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += (rest % shape[axis]!) * steps[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return read(body, from * bytes);
  });
  return { file: Uint8Array.from(Buffer.concat([head, body])), headerEnd: head.length, descr, shape, values };
}

describe('a .npy file', () => {
  it('is read as it was written, whatever its type, order and shape', () => {
    const chooser = createChooser(1);
    for (let round = 0; round < 400; round++) {
      const { file, shape, values } = makeFile(chooser);
      const back = importNpy(file);
      expect([back.shape, [...back.data]]).toEqual([shape, values]);
      expect(importNpy(exportNpyOf(back))).toEqual(back);
    }
  });

  it('that is damaged is read as what it says, or refused in a few words', () => {
    const chooser = createChooser(2);
    let refused = 0;
    for (let round = 0; round < 3000; round++) {
      const { file, headerEnd } = makeFile(chooser);
      const places = Array.from({ length: headerEnd }, (_, at) => at);
      const damaged = mutateBytes(file, chooser, places);
      const result = attempt(() => importNpy(damaged));
      if ('error' in result) {
        refused++;
        expect(result.error.message.length).toBeLessThanOrEqual(400);
        expect(result.error.message).toMatch(/^file: expected /);
        continue;
      }
      // What it says, by a reader that knows nothing but the header as numpy writes it.
      const length =
        damaged[6] === 1 ? damaged[8]! + 256 * damaged[9]! : Buffer.from(damaged).readUInt32LE(8);
      const start = (damaged[6] === 1 ? 10 : 12) + length;
      const header = Buffer.from(damaged.subarray(start - length, start)).toString('latin1');
      const sizes = /["']shape["']\s*:\s*\(([^)]*)\)/.exec(header)![1]!;
      const shape = sizes.split(',').flatMap((size) => (size.trim() ? [Number(size.replace('L', ''))] : []));
      const count = shape.reduce((product, size) => product * size, 1);
      const bytes = Number(/["']descr["']\s*:\s*["'][<>|][a-z](\d)["']/.exec(header)![1]);
      expect(result.value.shape).toEqual(shape);
      expect(result.value.data).toHaveLength(count);
      expect(damaged.length - start).toBe(count * bytes);
    }
    expect(refused).toBeGreaterThan(1500);
    expect(refused).toBeLessThan(3000);
  });
});

/** Arrays without a value or a dimension are numpy's, but no layer's. */
function exportNpyOf(activation: ReturnType<typeof importNpy>): Uint8Array {
  const { shape, data } = activation;
  if (shape.length > 0 && data.length > 0) return exportNpy(activation);
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.map((size) => `${size},`).join('')})}`;
  const bytes = Buffer.from(data.buffer);
  return Uint8Array.from([
    0x93,
    ...Buffer.from('NUMPY'),
    1,
    0,
    dict.length,
    0,
    ...Buffer.from(dict),
    ...bytes,
  ]);
}
