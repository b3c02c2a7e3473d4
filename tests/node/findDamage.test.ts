import { deflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/common/crc32';
import { findDamage } from '../../src/node/findDamage';

const canvas = createCanvas(40, 30);
const context = canvas.getContext('2d');
for (let x = 0; x < 40; x++) {
  context.fillStyle = `rgb(${x * 6}, ${255 - x * 3}, ${(x * 37) % 256})`;
  context.fillRect(x, 0, 1, 30 - (x % 7));
}

/** Two pixels, by hand: a header of 54 bytes that says its file has 62, and a row of 6 bytes padded to 8. */
const bmp = Buffer.alloc(62);
bmp.write('BM');
bmp.writeUInt32LE(62, 2);

const files = {
  PNG: canvas.toBuffer('image/png'),
  JPEG: canvas.toBuffer('image/jpeg'),
  WebP: canvas.toBuffer('image/webp'),
  GIF: Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64'),
  BMP: bmp,
};

function chunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}

/** A PNG of 9 × 5 pixels, whose sums are right, with these bytes packed into two parts. */
function png({ bits = 8, colour = 0, interlaced = 0, pixels }: PngParts): Buffer {
  const packed = typeof pixels === 'number' ? deflateSync(new Uint8Array(pixels)) : pixels;
  return Buffer.concat([
    files.PNG.subarray(0, 8),
    chunk('IHDR', Uint8Array.of(0, 0, 0, 9, 0, 0, 0, 5, bits, colour, 0, 0, interlaced)),
    ...(colour === 3 ? [chunk('PLTE', new Uint8Array(3))] : []),
    chunk('IDAT', packed.subarray(0, 5)),
    chunk('IDAT', packed.subarray(5)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

interface PngParts {
  readonly bits?: number;
  readonly colour?: number;
  readonly interlaced?: number;
  /** How many bytes, or the packed ones. */
  readonly pixels: number | Uint8Array;
}

describe('findDamage', () => {
  it.each(Object.entries(files))('finds nothing wrong with a whole %s', (_, file) => {
    expect(findDamage(file)).toBeUndefined();
  });

  it.each(Object.entries(files))('finds that a %s has been cut off, wherever', (_, file) => {
    for (const share of [0.3, 0.5, 0.9, 0.99]) {
      const cut = file.subarray(0, Math.floor(file.length * share));
      expect(findDamage(cut), `${cut.length} of ${file.length} bytes`).toBe('which has been cut off');
    }
  });

  it('finds a changed byte in a PNG', () => {
    const changed = Buffer.from(files.PNG);
    changed[files.PNG.indexOf('IDAT') + 8]! ^= 1;
    expect(findDamage(changed)).toBe('whose part "IDAT" is damaged');
  });

  it.each([
    ['grey', { colour: 0 }, 5 * (1 + 9)],
    ['grey of 1 bit', { bits: 1 }, 5 * (1 + 2)],
    ['grey of 16 bits', { bits: 16 }, 5 * (1 + 18)],
    ['RGB', { colour: 2 }, 5 * (1 + 27)],
    ['palette of 4 bits', { colour: 3, bits: 4 }, 5 * (1 + 5)],
    ['grey and alpha', { colour: 4 }, 5 * (1 + 18)],
    ['RGBA', { colour: 6 }, 5 * (1 + 36)],
    // Passes of 2 × 1, 1 × 1, 3 × 1, 2 × 2, 5 × 1, 4 × 3 and 9 × 2.
    ['interlaced grey', { interlaced: 1 }, 3 + 2 + 4 + 6 + 6 + 15 + 20],
  ])('finds bytes missing in a PNG whose sums are right: %s', (_, parts, length) => {
    expect(findDamage(png({ ...parts, pixels: length }))).toBeUndefined();
    expect(findDamage(png({ ...parts, pixels: length + 1 }))).toBeUndefined();
    for (const fewer of [length - 1, 10]) {
      expect(findDamage(png({ ...parts, pixels: fewer }))).toBe(
        `whose part "IDAT" holds ${fewer} of ${length} bytes`,
      );
    }
  });

  it('finds packed bytes missing or changed in a PNG whose sums are right', () => {
    const packed = deflateSync(Uint8Array.from({ length: 50 }, (_, at) => (at % 10 === 0 ? 0 : at * 37)));
    expect(findDamage(png({ pixels: packed }))).toBeUndefined();
    expect(findDamage(png({ pixels: packed.subarray(0, packed.length / 2) }))).toMatch(
      /^whose part "IDAT" holds \d+ of 50 bytes$/,
    );
    expect(findDamage(png({ pixels: Uint8Array.from(packed).reverse() }))).toBe(
      'whose part "IDAT" is damaged',
    );
  });

  it('does not unpack more than the header promises', () => {
    expect(findDamage(png({ pixels: 50_000_000 }))).toBeUndefined();
  });

  it('is not misled by a thumbnail or by bytes after the end', () => {
    const [whole, half] = [files.JPEG, files.JPEG.subarray(0, files.JPEG.length / 2)];
    const thumbnail = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 6, 1, 2, 0xff, 0xd9]), half.subarray(2)]);
    expect(findDamage(Buffer.concat([half.subarray(0, 2), thumbnail]))).toBe('which has been cut off');
    expect(findDamage(Buffer.concat([whole, Buffer.alloc(20)]))).toBeUndefined();
    expect(findDamage(Buffer.concat([files.PNG, Buffer.alloc(20)]))).toBeUndefined();
  });

  it('lets pass what it does not know', () => {
    expect(findDamage(Buffer.from('<svg/>'))).toBeUndefined();
    expect(findDamage(new Uint8Array(0))).toBeUndefined();
  });
});
