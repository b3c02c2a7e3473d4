import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../../src/render/png/encodePng';
import { chunkOf, readChunks, rowsOf } from './readPng';

/** 2 × 2 pixels of red and half transparent blue. */
const indexed = {
  width: 2,
  height: 2,
  samples: 1,
  palette: Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 128),
  rows: Uint8Array.of(0, 0, 1, 0, 1, 0),
} as const;

describe('encodePng', () => {
  it('writes the chunks in the order that PNG wants, with their checksums', () => {
    expect(readChunks(encodePng(indexed, 6)).map(({ type }) => type)).toEqual([
      'IHDR',
      'PLTE',
      'tRNS',
      'IDAT',
      'IEND',
    ]);
  });

  it.each([
    [1, 3],
    [3, 2],
    [4, 6],
  ] as const)('writes the header for %i samples a pixel', (samples, colorType) => {
    const file = encodePng({ width: 258, height: 1, samples, rows: new Uint8Array(1 + 258 * samples) }, 6);
    // Width, height, 8 bits a sample, type, then the only compression, filtering and no interlace.
    expect([...chunkOf(file, 'IHDR')!]).toEqual([0, 0, 1, 2, 0, 0, 0, 1, 8, colorType, 0, 0, 0]);
  });

  it('ends with the end that every PNG has', () => {
    expect(Buffer.from(encodePng(indexed, 6)).toString('hex').slice(-24)).toBe('0000000049454e44ae426082');
  });

  it('splits the palette into colours and alphas', () => {
    const file = encodePng(indexed, 6);
    expect([...chunkOf(file, 'PLTE')!]).toEqual([255, 0, 0, 0, 0, 255]);
    expect([...chunkOf(file, 'tRNS')!]).toEqual([255, 128]);
  });

  it('writes no alphas for an opaque palette and no palette for RGB', () => {
    const opaque = encodePng({ ...indexed, palette: Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255) }, 6);
    expect(chunkOf(opaque, 'tRNS')).toBeUndefined();
    const rgb = encodePng({ width: 1, height: 1, samples: 3, rows: Uint8Array.of(0, 1, 2, 3) }, 6);
    expect(readChunks(rgb).map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
  });

  it.each([1, 6, 9] as const)('compresses the rows and nothing else at level %i', (level) => {
    const rows = Uint8Array.from({ length: 100 * 301 }, (_, at) => (at % 301 === 0 ? 0 : (at * at) >> 7));
    const file = encodePng({ width: 100, height: 100, samples: 3, rows }, level);
    expect(Buffer.compare(rowsOf(file), rows)).toBe(0);
  });

  it('is read by another decoder', () => {
    const { width, height, data, palette, depth, channels } = decode(encodePng(indexed, 9), {
      checkCrc: true,
    });
    expect({ width, height, depth, channels }).toEqual({ width: 2, height: 2, depth: 8, channels: 1 });
    expect([...data]).toEqual([0, 1, 1, 0]);
    expect(palette).toEqual([
      [255, 0, 0, 255],
      [0, 0, 255, 128],
    ]);
  });

  it('takes a palette of 256 colours', () => {
    const palette = Uint8Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 255 : at >> 2));
    const rows = Uint8Array.from({ length: 257 }, (_, at) => Math.max(0, at - 1));
    const decoded = decode(encodePng({ width: 256, height: 1, samples: 1, palette, rows }, 6), {
      checkCrc: true,
    });
    expect(Buffer.compare(Buffer.from(decoded.data), rows.subarray(1))).toBe(0);
    expect(decoded.palette!.length).toBe(256);
  });

  it('leaves rows and palette as they were', () => {
    const before = structuredClone(indexed);
    encodePng(indexed, 6);
    expect(indexed).toEqual(before);
  });
});
