import { deflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/common/crc32';
import { findDamage as findDamageOf } from '../../../src/image/files/findDamage';
import { recognizeFormat } from '../../../src/image/files/recognizeFormat';

function findDamage(file: Uint8Array): string | undefined {
  return findDamageOf(file, recognizeFormat(file)!);
}

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
bmp.writeUInt32LE(40, 14);

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

/** A PNG of 9 × 5 pixels, whose sums are right, with these bytes of pixels in two parts. */
function png({ bits = 8, colour = 0, method = 0, filter = 0, interlaced = 0, ...parts }: PngParts): Buffer {
  return Buffer.concat([
    files.PNG.subarray(0, 8),
    chunk('IHDR', Uint8Array.of(0, 0, 0, 9, 0, 0, 0, 5, bits, colour, method, filter, interlaced)),
    ...(colour === 3 ? [chunk('PLTE', new Uint8Array(3))] : []),
    parts.extra ?? Buffer.alloc(0),
    chunk('IDAT', parts.pixels.subarray(0, 5)),
    parts.between ?? Buffer.alloc(0),
    chunk('IDAT', parts.pixels.subarray(5)),
    chunk('IEND', new Uint8Array(0)),
    parts.after ?? Buffer.alloc(0),
  ]);
}

interface PngParts {
  readonly bits?: number;
  readonly colour?: number;
  readonly method?: number;
  readonly filter?: number;
  readonly interlaced?: number;
  /** Parts before the pixels, between them and after the end. */
  readonly extra?: Uint8Array;
  readonly between?: Uint8Array;
  readonly after?: Uint8Array;
  /** The packed ones. */
  readonly pixels: Uint8Array;
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

  const zeros = deflateSync(new Uint8Array(50));

  it.each<[string, PngParts, string]>([
    [
      'another interlace',
      { interlaced: 2, pixels: zeros },
      'whose header says interlace 2, which there is not',
    ],
    [
      'another compression',
      { method: 1, pixels: zeros },
      'whose header says compression 1, which there is not',
    ],
    [
      'another filter method',
      { filter: 1, pixels: zeros },
      'whose header says filter method 1, which there is not',
    ],
    [
      'another colour type',
      { colour: 5, pixels: zeros },
      'whose header says colour type 5 of 8 bits, which there is not',
    ],
    [
      'a part that matters',
      { extra: chunk('ABCD', new Uint8Array(1)), pixels: zeros },
      'whose part "ABCD" is of no known kind',
    ],
    [
      'a part without a name',
      { extra: chunk('a\u0000CD', new Uint8Array(1)), pixels: zeros },
      'whose part "a\\u0000CD" is of no known kind',
    ],
    [
      'a second header',
      { extra: chunk('IHDR', new Uint8Array(13)), pixels: zeros },
      'whose part "IHDR" is damaged',
    ],
    [
      'a palette for grey',
      { extra: chunk('PLTE', new Uint8Array(3)), pixels: zeros },
      'whose part "PLTE" is damaged',
    ],
    [
      'a palette of 257 colours',
      { colour: 2, extra: chunk('PLTE', new Uint8Array(771)), pixels: zeros },
      'whose part "PLTE" is damaged',
    ],
    [
      'two palettes',
      { colour: 3, extra: chunk('PLTE', new Uint8Array(3)), pixels: zeros },
      'whose part "PLTE" is damaged',
    ],
    [
      'half a transparent colour',
      { extra: chunk('tRNS', new Uint8Array(1)), pixels: zeros },
      'whose part "tRNS" is damaged',
    ],
    [
      'alpha of more colours than there are',
      { colour: 3, extra: chunk('tRNS', new Uint8Array(2)), pixels: zeros },
      'whose part "tRNS" is damaged',
    ],
    [
      'something between the pixels',
      { between: chunk('teXt', new Uint8Array(1)), pixels: zeros },
      'whose parts "IDAT" do not follow each other',
    ],
    [
      'bytes after the end',
      { after: Buffer.alloc(20), pixels: zeros },
      'which goes on for 20 bytes after its end',
    ],
  ])('finds in a PNG whose sums are right: %s', (_, parts, message) => {
    expect(findDamage(png(parts))).toBe(message);
  });

  it('finds that a PNG has no pixels, no palette or no header', () => {
    const [end, start] = [chunk('IEND', new Uint8Array(0)), png({ pixels: zeros }).subarray(0, 33)];
    expect(findDamage(Buffer.concat([start, end]))).toBe('which has no part "IDAT"');
    expect(findDamage(Buffer.concat([start.subarray(0, 8), end]))).toBe('whose part "IEND" is damaged');
    const indexed = png({ colour: 3, pixels: zeros });
    const at = indexed.indexOf('PLTE') - 4;
    expect(findDamage(Buffer.concat([indexed.subarray(0, at), indexed.subarray(at + 15)]))).toBe(
      'which has no part "PLTE"',
    );
  });

  it('lets parts pass that a decoder need not know', () => {
    expect(findDamage(png({ extra: chunk('teXt', new Uint8Array(9)), pixels: zeros }))).toBeUndefined();
  });

  it('is not misled by a thumbnail or by bytes after the end', () => {
    const [whole, half] = [files.JPEG, files.JPEG.subarray(0, files.JPEG.length / 2)];
    const thumbnail = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 6, 1, 2, 0xff, 0xd9]), half.subarray(2)]);
    expect(findDamage(Buffer.concat([half.subarray(0, 2), thumbnail]))).toBe('which has been cut off');
    expect(findDamage(Buffer.concat([whole, Buffer.alloc(20)]))).toBeUndefined();
  });

  it('lets pass what it does not know', () => {
    expect(findDamageOf(Buffer.from('<svg/>'), 'SVG')).toBeUndefined();
    expect(findDamageOf(new Uint8Array(0), 'AVIF')).toBeUndefined();
  });
});
