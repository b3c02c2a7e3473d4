import { deflateSync } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/common/crc32';
import { createRandom } from '../../src/data/random';
import { decodePng } from '../../src/node/decodePng';
import { findPngDamage } from '../../src/node/findPngDamage';

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
        expect(findPngDamage(file)).toBeUndefined();
        const picture = decodePng(file)!;
        expect([picture.width, picture.height]).toEqual([width, height]);
        expect(countDifferences(picture.data, await decodeByCanvas(file))).toBe(0);
      }
    },
  );

  it('makes the one colour transparent that the file calls so, and no other', () => {
    const rows = Uint8Array.of(0, 1, 2, 3, 1, 2, 4);
    const file = writePng(2, 1, { type: 2, depth: 8, transparency: [0, 1, 0, 2, 0, 3] }, rows);
    expect([...decodePng(file)!.data]).toEqual([1, 2, 3, 0, 1, 2, 4, 255]);
    const deep = writePng(2, 1, { type: 0, depth: 16, transparency: [9, 7] }, Uint8Array.of(0, 9, 7, 9, 8));
    expect([...decodePng(deep)!.data]).toEqual([9, 9, 9, 0, 9, 9, 9, 255]);
  });

  it.each([
    { type: 2, depth: 4 },
    { type: 1, depth: 8 },
    { type: 3, depth: 16 },
    { type: 0, depth: 3 },
  ])('knows that there is no %j', (kind) => {
    expect(decodePng(writePng(1, 1, kind, Uint8Array.of(0, 0, 0, 0)))).toBeUndefined();
  });
});
