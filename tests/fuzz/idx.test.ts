import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCopy } from '../../src/data/download/readCopy';
import { labelImages } from '../../src/data/LabeledImages';
import { parseIdx } from '../../src/data/parseIdx';
import { makeImages } from '../data/idxFixtures';
import { attempt, type Chooser, createChooser, mutateBytes } from './mutate';

/** Bytes of an element, by the code of its type (the IDX file format). */
const BYTES: Readonly<Record<number, number>> = { 8: 1, 9: 1, 11: 2, 12: 4, 13: 4, 14: 8 };

function makeFile({ below, pick }: Chooser): Uint8Array {
  const code = pick([8, 9, 11, 12, 13, 14]);
  const shape = Array.from({ length: 1 + below(4) }, () => below(5));
  const count = shape.reduce((product, size) => product * size, 1);
  const sizes = shape.flatMap((size) => [0, 0, 0, size]);
  return Uint8Array.from([
    0,
    0,
    code,
    shape.length,
    ...sizes,
    ...Array.from({ length: count * BYTES[code]! }, () => below(256)),
  ]);
}

describe('an IDX file', () => {
  it('that is damaged is read as what it says, or refused in a few words', () => {
    const chooser = createChooser(8);
    let refused = 0;
    for (let round = 0; round < 5000; round++) {
      const file = makeFile(chooser);
      const damaged = mutateBytes(
        file,
        chooser,
        Array.from({ length: 4 + 4 * file[3]! }, (_, at) => at),
      );
      const result = attempt(() => parseIdx(damaged));
      if ('error' in result) {
        refused++;
        expect(result.error.message).toMatch(/^bytes: expected /);
        expect(result.error.message.length).toBeLessThanOrEqual(400);
        continue;
      }
      const bytes = Buffer.from(damaged);
      const shape = Array.from({ length: bytes[3]! }, (_, at) => bytes.readUInt32BE(4 + 4 * at));
      const count = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
      expect([bytes[0], bytes[1]]).toEqual([0, 0]);
      expect(result.value.shape).toEqual(shape);
      expect(result.value.data).toHaveLength(count);
      expect(bytes.length).toBe(4 + 4 * shape.length + count * BYTES[bytes[2]!]!);
      expect(bigEndian(bytes, shape.length)).toEqual([...result.value.data]);
    }
    expect(refused).toBeGreaterThan(2000);
    expect(refused).toBeLessThan(5000);
  });

  it('makes a set of images only with as many labels', () => {
    const chooser = createChooser(9);
    for (let round = 0; round < 1000; round++) {
      const [images, labels] = [parseIdx(makeFile(chooser)), parseIdx(makeFile(chooser))];
      const fits =
        images.data instanceof Uint8Array &&
        labels.data instanceof Uint8Array &&
        images.shape.length === 3 &&
        labels.shape.length === 1 &&
        images.shape[0] === labels.shape[0];
      const result = attempt(() => labelImages(images, labels));
      expect('value' in result).toBe(fits);
      if ('error' in result) expect(result.error.message.length).toBeLessThanOrEqual(400);
    }
  });

  it('of a set that is known is that to the byte, gzipped or not, or refused', async () => {
    const chooser = createChooser(10);
    const { file, plain, gzipped } = makeImages('images', 3);
    const bombs = [gzipSync(Buffer.alloc(20_000_000)), gzipSync(gzipSync(Buffer.alloc(1_000_000)))];
    const signal = new AbortController().signal;
    let refused = 0;
    for (let round = 0; round < 400; round++) {
      const copy =
        round < 2
          ? bombs[round]!
          : mutateBytes(chooser.pick([plain, gzipped]), chooser, [0, 1, 2, 3, 4, 5, 6, 7]);
      try {
        const { shape, data } = await readCopy(file, Uint8Array.from(copy), signal);
        // What gzip says of times and names, no value depends on.
        expect(shape).toEqual([3, 20, 20]);
        expect(Buffer.compare(Buffer.from(data as Uint8Array), plain.subarray(16))).toBe(0);
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'AssertionError') throw error;
        refused++;
        expect(error.message.length).toBeLessThanOrEqual(400);
      }
    }
    expect(refused).toBeGreaterThan(300);
  });
});

/** The values, by Node's own functions. */
function bigEndian(bytes: Buffer, rank: number): number[] {
  const [code, start] = [bytes[2]!, 4 + 4 * rank];
  const size = BYTES[code]!;
  return Array.from({ length: (bytes.length - start) / size }, (_, index) => {
    const at = start + index * size;
    if (code === 13) return bytes.readFloatBE(at);
    if (code === 14) return bytes.readDoubleBE(at);
    return code === 8 ? bytes.readUInt8(at) : bytes.readIntBE(at, size);
  });
}
