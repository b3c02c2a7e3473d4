import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../../src/render/png/encodePng';
import { enlargeRows, filterRows } from '../../../src/render/png/filterRows';

/** Undoes the filters with fast-png. */
function unfilter(rows: Uint8Array, width: number, height: number): Uint8Array {
  const palette = new Uint8Array(1024).fill(255);
  return Uint8Array.from(decode(encodePng({ width, height, samples: 1, palette, rows }, 6)).data);
}

describe('filterRows', () => {
  it('puts a 0 before a row, and for one like that above a 2 and zeros', () => {
    const bytes = Uint8Array.of(5, 6, 5, 6, 7, 6, 7, 6, 7, 6, 5, 6);
    expect([...filterRows(bytes, 2, 6)]).toEqual([
      ...[0, 5, 6],
      ...[2, 0, 0],
      ...[0, 7, 6],
      ...[2, 0, 0],
      ...[2, 0, 0],
      ...[0, 5, 6],
    ]);
  });

  it('never takes the first row for a repeated one, even of zeros', () => {
    expect([...filterRows(Uint8Array.of(0, 0, 0, 0), 2, 2)]).toEqual([0, 0, 0, 2, 0, 0]);
  });

  it('is undone by another decoder', () => {
    const bytes = Uint8Array.from(
      { length: 40 * 30 },
      (_, at) => (Math.floor(at / 120) * 37 + (at % 40) * 11) & 255,
    );
    expect(Buffer.compare(unfilter(filterRows(bytes, 40, 30), 40, 30), bytes)).toBe(0);
  });

  it('leaves the bytes as they were', () => {
    const bytes = Uint8Array.of(1, 2, 1, 2);
    filterRows(bytes, 2, 2);
    expect([...bytes]).toEqual([1, 2, 1, 2]);
  });
});

describe('enlargeRows', () => {
  it('repeats every byte, and rows as zeros', () => {
    expect([...enlargeRows(Uint8Array.of(5, 6, 7, 8), 2, 2, 3)]).toEqual([
      ...[0, 5, 5, 5, 6, 6, 6],
      ...[2, 0, 0, 0, 0, 0, 0],
      ...[2, 0, 0, 0, 0, 0, 0],
      ...[0, 7, 7, 7, 8, 8, 8],
      ...[2, 0, 0, 0, 0, 0, 0],
      ...[2, 0, 0, 0, 0, 0, 0],
    ]);
  });

  it('only adds the filter bytes for a size of 1', () => {
    expect([...enlargeRows(Uint8Array.of(5, 6, 7, 8), 2, 2, 1)]).toEqual([0, 5, 6, 0, 7, 8]);
  });

  it('is undone by another decoder', () => {
    const bytes = Uint8Array.of(1, 2, 3, 255, 0, 9);
    const enlarged = unfilter(enlargeRows(bytes, 3, 2, 2), 6, 4);
    expect([...enlarged]).toEqual([
      ...[1, 1, 2, 2, 3, 3],
      ...[1, 1, 2, 2, 3, 3],
      ...[255, 255, 0, 0, 9, 9],
      ...[255, 255, 0, 0, 9, 9],
    ]);
  });
});
