import { deflateSync } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/common/crc32';
import type { PixelImage } from '../../../src/common/types';
import { createRandom } from '../../../src/data/random';
import { decodePng } from '../../../src/image/files/decodePng';
import { readPngParts } from '../../../src/image/files/readPngParts';

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

interface Kind {
  readonly type: number;
  readonly depth: number;
  readonly interlaced?: boolean;
  readonly transparency?: readonly number[];
}

function chunk(type: string, body: Uint8Array): Buffer {
  const file = Buffer.alloc(12 + body.length);
  file.writeUInt32BE(body.length, 0);
  file.write(type, 4, 'latin1');
  file.set(body, 8);
  file.writeUInt32BE(crc32(file.subarray(4, 8 + body.length)), 8 + body.length);
  return file;
}

function writePng(
  width: number,
  height: number,
  { type, depth, interlaced, transparency }: Kind,
  rows: Uint8Array,
) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, type, 0, 0, interlaced ? 1 : 0], 8);
  const palette = Uint8Array.from({ length: 3 * 2 ** Math.min(depth, 8) }, (_, at) => (at * 37) % 256);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...(type === 3 ? [chunk('PLTE', palette)] : []),
    ...(transparency ? [chunk('tRNS', Uint8Array.from(transparency))] : []),
    // In two parts, as large files are.
    ...[deflateSync(rows)].flatMap((packed) => [
      chunk('IDAT', packed.subarray(0, 20)),
      chunk('IDAT', packed.subarray(20)),
    ]),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Any bytes are a picture, if only the filters are there: all five kinds of them, in turn. */
function randomRows(width: number, height: number, { type, depth, interlaced }: Kind): Uint8Array {
  const random = createRandom(type * 100 + depth);
  const sizes = interlaced
    ? PASSES.map(([left, top, stepX, stepY]) => [
        Math.ceil((width - left) / stepX),
        Math.ceil((height - top) / stepY),
      ])
    : [[width, height]];
  const bytes: number[] = [];
  for (const [columns = 0, rows = 0] of sizes) {
    if (columns < 1) continue;
    for (let row = 0; row < rows; row++) {
      bytes.push(row % 5);
      const stride = Math.ceil((columns * depth * SAMPLES[type]!) / 8);
      for (let at = 0; at < stride; at++) bytes.push(Math.floor(random() * 256));
    }
  }
  return Uint8Array.from(bytes);
}

async function decodeByCanvas(file: Buffer) {
  const image = await loadImage(file);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height).data;
}

async function decodeFile(file: Uint8Array): Promise<PixelImage> {
  const parts = readPngParts(file);
  if (typeof parts === 'string') throw new Error(parts);
  const picture = await decodePng(parts);
  if (typeof picture === 'string') throw new Error(picture);
  return picture;
}

/** Where another decoder's pixels are others; a canvas multiplies by alpha, which loses something. */
function countDifferences(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let count = 0;
  for (let at = 0; at < one.length; at += 4) {
    const alpha = one[at + 3]!;
    const allowed = alpha === 255 ? 1 : alpha === 0 ? 255 : 255 / alpha + 1;
    const differs = [0, 1, 2].some((color) => Math.abs(one[at + color]! - other[at + color]!) > allowed);
    if (differs || alpha !== other[at + 3]) count++;
  }
  return count;
}

const KINDS: Kind[] = [
  ...[1, 2, 4, 8, 16].map((depth) => ({ type: 0, depth })),
  ...[8, 16].flatMap((depth) => [2, 4, 6].map((type) => ({ type, depth }))),
  ...[1, 2, 4, 8].map((depth) => ({ type: 3, depth })),
  { type: 0, depth: 4, transparency: [0, 7] },
  { type: 0, depth: 1, transparency: [0, 1] },
  { type: 3, depth: 2, transparency: [0, 128] },
];

describe('decodePng', () => {
  it.each(KINDS.flatMap((kind) => [kind, { ...kind, interlaced: true }]))(
    'decodes as a canvas does: %j',
    async (kind) => {
      for (const [width, height] of [
        [13, 11],
        [1, 1],
        [3, 9],
      ] as const) {
        const file = writePng(width, height, kind, randomRows(width, height, kind));
        const picture = await decodeFile(file);
        expect([picture.width, picture.height]).toEqual([width, height]);
        expect(countDifferences(picture.data, await decodeByCanvas(file))).toBe(0);
      }
    },
  );

  it('makes the one colour transparent that the file calls so, and no other', async () => {
    const rows = Uint8Array.of(0, 1, 2, 3, 1, 2, 4);
    const file = writePng(2, 1, { type: 2, depth: 8, transparency: [0, 1, 0, 2, 0, 3] }, rows);
    expect([...(await decodeFile(file)).data]).toEqual([1, 2, 3, 0, 1, 2, 4, 255]);
    const deep = writePng(2, 1, { type: 0, depth: 16, transparency: [9, 7] }, Uint8Array.of(0, 9, 7, 9, 8));
    expect([...(await decodeFile(deep)).data]).toEqual([9, 9, 9, 0, 9, 9, 9, 255]);
  });

  it.each([
    { type: 2, depth: 4 },
    { type: 1, depth: 8 },
    { type: 3, depth: 16 },
    { type: 0, depth: 3 },
  ])('knows that there is no %j', async (kind) => {
    await expect(decodeFile(writePng(1, 1, kind, Uint8Array.of(0, 0, 0, 0)))).rejects.toThrow(
      `whose header says colour type ${kind.type} of ${kind.depth} bits, which there is not`,
    );
  });

  it.each([5, 255])('refuses a row whose filter is %i', async (filter) => {
    for (const interlaced of [false, true]) {
      const file = writePng(1, 1, { type: 0, depth: 8, interlaced }, Uint8Array.of(filter, 7));
      await expect(decodeFile(file)).rejects.toThrow(`Unsupported filter: ${filter}`);
    }
  });

  it('refuses a colour that the palette has not', async () => {
    const file = writePng(1, 1, { type: 3, depth: 8 }, Uint8Array.of(0, 7));
    const at = file.indexOf('PLTE') - 4;
    const short = Buffer.concat([
      file.subarray(0, at),
      chunk('PLTE', Uint8Array.of(1, 2, 3)),
      file.subarray(at + 12 + 768),
    ]);
    await expect(decodeFile(short)).rejects.toThrow('Incorrect index of palette color');
  });

  it.each([
    [-1, 'whose part "IDAT" holds 3 of 4 bytes'],
    [1, 'whose part "IDAT" holds more than 4 bytes'],
    [5_000_000, 'whose part "IDAT" holds more than 4 bytes'],
  ])('refuses %i bytes of pixels too many', async (more, message) => {
    const file = writePng(1, 1, { type: 2, depth: 8 }, new Uint8Array(4 + more));
    await expect(decodeFile(file)).rejects.toThrow(message);
  });

  it('refuses packed bytes after the end, cut off and changed ones', async () => {
    const whole = deflateSync(Uint8Array.of(0, 7));
    const file = writePng(1, 1, { type: 0, depth: 8 }, Uint8Array.of(0, 7));
    const withPacked = (packed: Uint8Array) =>
      Buffer.concat([
        file.subarray(0, file.indexOf('IDAT') - 4),
        chunk('IDAT', packed),
        chunk('IEND', new Uint8Array(0)),
      ]);
    expect([...(await decodeFile(withPacked(whole))).data]).toEqual([7, 7, 7, 255]);
    await expect(decodeFile(withPacked(Buffer.concat([whole, Buffer.alloc(3)])))).rejects.toThrow(
      'whose part "IDAT" goes on for 3 bytes after its end',
    );
    await expect(decodeFile(withPacked(whole.subarray(0, 3)))).rejects.toThrow(
      'whose part "IDAT" holds 0 of 2 bytes',
    );
    await expect(decodeFile(withPacked(Uint8Array.from(whole).reverse()))).rejects.toThrow(
      'whose part "IDAT" is damaged',
    );
  });

  it('unpacks no profile and no text', async () => {
    const file = writePng(1, 1, { type: 0, depth: 8 }, Uint8Array.of(0, 7));
    const profile = Buffer.concat([Buffer.from('a\0\0'), Buffer.from('no zlib stream')]);
    const marked = Buffer.concat([file.subarray(0, 33), chunk('iCCP', profile), file.subarray(33)]);
    expect([...(await decodeFile(marked)).data]).toEqual([7, 7, 7, 255]);
  });
});
