import { zlibSync } from 'fflate';
import { expect, it } from 'vitest';
import { unpackChunk } from '../../../src/formats/hdf5/unpackChunk';

const GZIP = { id: 1, values: [4] };
const shuffle = (valueSize: number) => ({ id: 2, values: [valueSize] });
const FLETCHER32 = { id: 3, values: [] };

it('puts bytes of values together again that lie kind by kind, and keeps what is left over', () => {
  const shuffled = Uint8Array.of(1, 3, 5, 2, 4, 6, 7);
  expect([...unpackChunk(shuffled, [shuffle(2)], 0, 7)]).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

it('undoes the filters from the last to the first, but those that the piece was written without', () => {
  const packed = zlibSync(Uint8Array.of(1, 3, 2, 4));
  expect([...unpackChunk(packed, [shuffle(2), GZIP], 0, 4)]).toEqual([1, 2, 3, 4]);
  expect([...unpackChunk(Uint8Array.of(1, 3, 2, 4), [shuffle(2), GZIP], 0b10, 4)]).toEqual([1, 2, 3, 4]);
});

it('checks the sums', () => {
  // 0x0102 + 0x0304 = 0x0406, and 0x0102 + 0x0406 = 0x0508.
  const right = Uint8Array.of(1, 2, 3, 4, 0x06, 0x04, 0x08, 0x05);
  expect([...unpackChunk(right, [FLETCHER32], 0, 4)]).toEqual([1, 2, 3, 4]);
  for (let at = 0; at < right.length; at++) {
    const wrong = right.slice();
    wrong[at]! ^= 1;
    expect(() => unpackChunk(wrong, [FLETCHER32], 0, 4), `byte ${at}`).toThrow(
      'the check sum of a piece is another',
    );
  }
  expect(() => unpackChunk(Uint8Array.of(1, 2), [FLETCHER32], 0, 0)).toThrow('a piece has no check sum');
});

it('makes no more of a piece than it has unpacked', () => {
  const bomb = zlibSync(new Uint8Array(1e6));
  expect(bomb.length).toBeLessThan(2000);
  expect(() => unpackChunk(bomb, [GZIP], 0, 100)).toThrow('the HDF5 file is damaged: ');
  expect(() => unpackChunk(bomb.subarray(0, 500), [GZIP], 0, 1e6)).toThrow('the HDF5 file is damaged: ');
});

it('names the filter that it does not know', () => {
  const unpack = (id: number) => () => unpackChunk(new Uint8Array(4), [{ id, values: [] }], 0, 4);
  expect(unpack(32000)).toThrow(
    'the HDF5 file is packed by lzf, which is not read; save it again with gzip, or unpacked',
  );
  expect(unpack(307)).toThrow('the HDF5 file is packed by filter 307, which is not read');
});
