// Decodes image files that have been changed, in a process that may end: node mutateImages.js <seed> <cases> <file for the last one>.
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { imageToTensor } from 'layerscope';
import { readImageFile } from 'layerscope/node';

const [, , seed, cases, last] = process.argv;
/** Pixels at the most, so that a file whose size has been changed takes no time. */
const MAX_PIXELS = 2 ** 16;

let state = Number(seed);
/** A whole number below `limit`; mulberry32. */
function below(limit) {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
}
const pick = (list) => list[below(list.length)];
const bytes = (length) => Buffer.from(Array.from({ length }, () => below(256)));

function crc32(data) {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 && 0xedb88320);
  }
  return ~crc >>> 0;
}

/** Bytes of the rows of the seven passes. */
function countInterlaced(width, height, bits) {
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ];
  return passes.reduce((sum, [left, top, stepX, stepY]) => {
    const [columns, rows] = [Math.ceil((width - left) / stepX), Math.ceil((height - top) / stepY)];
    return columns > 0 && rows > 0 ? sum + rows * (1 + Math.ceil((columns * bits) / 8)) : sum;
  }, 0);
}

function chunk(type, body) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const file = Buffer.alloc(typed.length + 8);
  file.writeUInt32BE(body.length);
  file.set(typed, 4);
  file.writeUInt32BE(crc32(typed), typed.length + 4);
  return file;
}

/** A whole PNG, or one of which a part is left out, doubled, moved, changed or of another size, its sums being right. */
function makePng() {
  const type = below(16) === 0 ? below(8) : pick([0, 2, 3, 4, 6]);
  const depth = below(16) === 0 ? below(33) : pick(type === 0 || type === 3 ? [1, 2, 4, 8] : [8, 16]);
  const [width, height] = [1 + below(20), 1 + below(20)];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([depth, type, 0, 0, below(4) === 0 ? 1 : 0], 8);
  const bits = depth * [1, 0, 3, 1, 2, 0, 4, 0][type];
  const stride = Math.ceil((width * bits) / 8);
  const rows = bytes(
    below(8) === 0 ? below(3000) : header[12] ? countInterlaced(width, height, bits) : (1 + stride) * height,
  );
  const filters = below(12) === 0 ? 6 : 5;
  if (header[12] === 0 || filters === 6) {
    for (let at = 0; at < rows.length; at += 1 + stride) rows[at] = below(filters);
  } else rows.fill(0);
  const packed = deflateSync(rows);
  const cut = below(packed.length);
  const parts = [
    ['IHDR', header],
    ...(type === 3 || below(16) === 0
      ? [['PLTE', bytes(below(6) === 0 ? 3 * (1 + below(256)) : 3 * 2 ** Math.min(depth, 8))]]
      : []),
    ...(below(6) === 0 ? [['tRNS', bytes(type === 0 ? 2 : type === 2 ? 6 : below(4))]] : []),
    ...(below(6) === 0
      ? [[pick(['iCCP', 'zTXt', 'tEXt', 'gAMA', 'acTL', 'ABCD', 'ab']), bytes(below(40))]]
      : []),
    ['IDAT', packed.subarray(0, cut)],
    ['IDAT', packed.subarray(cut)],
    ['IEND', Buffer.alloc(0)],
  ];
  const at = below(parts.length);
  const change = below(12);
  if (change === 0) parts.splice(at, 1);
  if (change === 1) parts.splice(at, 0, parts[at]);
  if (change === 2) parts.push(...parts.splice(at, 1));
  if (change === 3) parts[at] = [parts[at][0], damage(parts[at][1])];
  if (change === 4) header[below(13)] = pick([0, 1, 2, 127, 255, below(256)]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    ...parts.map(([type, body]) => chunk(type, body)),
  ]);
}

const SVG_WORDS = [
  '0',
  '-5',
  '1e9',
  'NaN',
  '100%',
  '9',
  '30000',
  '1em',
  '',
  '"',
  '<g id="a">',
  '</g>',
  '<use href="#a"/>',
  '<!--',
  ']]>',
  '&a;',
  'url(#a)',
  '<svg>',
];

function makeSvg() {
  const size = () => (below(3) === 0 ? pick(SVG_WORDS) : '9');
  const levels = pick([0, 1, 1, 3, 3, 250, 300, 20_000]);
  const inside = Array.from({ length: below(20) }, () =>
    pick([...SVG_WORDS, '<rect width="3" height="3" fill="url(#a)"/>']),
  );
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${size()}" height="${size()}" viewBox="0 0 ${size()} 9">${'<g>'.repeat(levels)}${inside.join('')}${'</g>'.repeat(levels)}</svg>`;
  return Buffer.from(text);
}

const canvas = createCanvas(17, 11);
canvas.getContext('2d').fillRect(3, 2, 8, 7);
const GIF = Buffer.from('R0lGODlhAwACAIAAAAAAAP///ywAAAAAAwACAAACAkQSADs=', 'base64');
const BMP = Buffer.from(
  `424d4600000000000000360000002800000002000000020000000100180000000000100000000000000000000000000000000000000${'0'.repeat(33)}`,
  'hex',
);
const FILES = {
  JPEG: await canvas.encode('jpeg'),
  WebP: await canvas.encode('webp'),
  AVIF: await canvas.encode('avif'),
  GIF,
  BMP,
};

/** Some bytes changed, cut out, cut off, doubled or put in. */
function damage(file) {
  const copy = Buffer.from(file);
  if (copy.length === 0) return bytes(below(5));
  const at = below(copy.length);
  switch (below(6)) {
    case 0:
      return copy.subarray(0, at);
    case 1:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + below(20))]);
    case 2:
      return Buffer.concat([copy.subarray(0, at), bytes(1 + below(20)), copy.subarray(at)]);
    case 3:
      return Buffer.concat([copy, copy.subarray(at)]);
    default:
      for (let changes = 1 + below(4); changes > 0; changes--) {
        copy[below(2) ? below(Math.min(64, copy.length)) : below(copy.length)] = pick([
          0,
          1,
          0x7f,
          0x80,
          0xff,
          below(256),
        ]);
      }
      return copy;
  }
}

const MAKERS = {
  PNG: () => (below(6) === 0 ? damage(makePng()) : makePng()),
  SVG: () => (below(3) === 0 ? damage(makeSvg()) : makeSvg()),
  ...Object.fromEntries(Object.entries(FILES).map(([format, file]) => [format, () => damage(file)])),
};

/** What is wrong with how an image was read, or with what was said about it. */
async function findFault(read) {
  try {
    const { width, height, data } = await read();
    const isWhole =
      width >= 1 && height >= 1 && width * height <= MAX_PIXELS && data.length === width * height * 4;
    return isWhole ? ['read'] : ['read', `${width} × ${height} with ${data.length} values`];
  } catch (error) {
    if (!(error instanceof Error)) return ['refused', `threw ${error}`];
    const isGood = /^(?:path|img): expected /.test(error.message) && error.message.length <= 400;
    return isGood ? ['refused'] : ['refused', error.stack.slice(0, 2000)];
  }
}

await setBackend('cpu');
const counts = {};
const faults = [];
const { numTensors } = memory();
for (let index = 0; index < Number(cases); index++) {
  const format = pick(['PNG', 'PNG', 'PNG', ...Object.keys(MAKERS)]);
  const file = MAKERS[format]();
  writeFileSync(last, file);
  const [outcome, fault] = await findFault(() => readImageFile(file, { maxPixels: MAX_PIXELS }));
  const [again, other] = await findFault(async () => {
    const tensor = await imageToTensor(file, [null, null, null, 4], {
      maxPixels: MAX_PIXELS,
      preprocess: 'none',
    });
    const [, height, width] = tensor.shape;
    const data = tensor.dataSync();
    tensor.dispose();
    return { width, height, data };
  });
  counts[`${format} ${outcome}`] = (counts[`${format} ${outcome}`] ?? 0) + 1;
  const problem = fault ?? other ?? (again === outcome ? undefined : `first ${outcome}, then ${again}`);
  if (problem !== undefined) faults.push({ format, problem, file: file.toString('base64').slice(0, 4000) });
}
console.log(JSON.stringify({ counts, faults, left: memory().numTensors - numTensors }));
