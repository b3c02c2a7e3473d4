import type { DecodedPng } from 'fast-png';
import { loadModule } from '../../common/files/loadModule';
import type { PixelImage } from '../../common/types';
import { loadFastPng } from './loadFastPng';
import type { PngPass } from './readPngHeader';
import type { PngParts } from './readPngParts';
import { joinBytes, unpackPngRows } from './unpackPngRows';

/**
 * Decodes a PNG file of any kind by the package fast-png. In Node. Of samples of 16 bits the upper 8 are taken; colour
 * profiles and gamma are not applied.
 *
 * fast-png gets a file made anew, of what the pixels need alone: it unpacks whatever a file packs, pixels and profiles, however
 * much that is. And each pass of an interlaced file by itself, for it takes samples of an interlaced file to be whole bytes.
 *
 * @param parts Of at least 1 × 1 pixels.
 * @returns RGBA bytes, not premultiplied; or what is wrong, as what follows "got this file, …" in a message.
 * @throws Error of fast-png for a filter that there is not, or a colour that the palette has not.
 */
export async function decodePng(parts: PngParts): Promise<PixelImage | string> {
  const unpacked = await unpackPngRows(parts);
  if (typeof unpacked === 'string') return unpacked;
  const [{ decode, convertIndexedToRgb }, { deflateSync }] = await Promise.all([
    loadFastPng(),
    loadModule<typeof import('node:zlib')>('node:zlib'),
  ]);
  const { width, height, depth, samples, passes } = parts.header;
  const data = new Uint8ClampedArray(width * height * 4);
  let at = 0;
  for (const pass of passes) {
    const length = pass.rows * (1 + Math.ceil((pass.columns * depth * samples) / 8));
    const isWhole = pass.stepX === 1 && pass.stepY === 1;
    const packed = isWhole
      ? joinBytes(parts.packed)
      : deflateSync(unpacked.subarray(at, at + length), { level: 0 });
    const decoded = decode(writePng(parts, pass, packed));
    if (parts.header.colorType === 3) paintPalette(data, width, pass, convertIndexedToRgb(decoded));
    else paintSamples(data, parts, pass, decoded);
    at += length;
  }
  return { width, height, data };
}

/** Writes a file that is not interlaced, whose sums nobody will check. */
function writePng(
  { header, palette, transparency }: PngParts,
  pass: PngPass,
  packed: Uint8Array,
): Uint8Array {
  const start = new Uint8Array(13);
  const view = new DataView(start.buffer);
  view.setUint32(0, pass.columns);
  view.setUint32(4, pass.rows);
  start.set([header.depth, header.colorType], 8);
  const isIndexed = header.colorType === 3;
  return joinBytes([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', start),
    ...(isIndexed ? [chunk('PLTE', palette)] : []),
    ...(isIndexed && transparency ? [chunk('tRNS', transparency)] : []),
    chunk('IDAT', packed),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + body.length);
  new DataView(bytes.buffer).setUint32(0, body.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(body, 8);
  return bytes;
}

/** Paints a pass whose colours fast-png has looked up, with alpha or without. */
function paintPalette(data: Uint8ClampedArray, width: number, pass: PngPass, colors: Uint8Array): void {
  const step = colors.length / (pass.columns * pass.rows);
  let from = 0;
  for (const target of targetsOf(pass, width)) {
    for (let color = 0; color < 3; color++) data[target + color] = colors[from + color]!;
    data[target + 3] = step === 4 ? colors[from + 3]! : 255;
    from += step;
  }
}

function paintSamples(
  data: Uint8ClampedArray,
  { header, transparency }: PngParts,
  pass: PngPass,
  decoded: DecodedPng,
): void {
  const { depth, samples } = header;
  const colors = samples < 3 ? 1 : 3;
  const values = depth < 8 ? unpackBits(decoded.data, pass, depth) : decoded.data;
  const toByte = 255 / (2 ** Math.min(depth, 8) - 1);
  const byteOf = (value: number) => (depth === 16 ? value >> 8 : value * toByte);
  const clear = transparency && new DataView(transparency.buffer, transparency.byteOffset);
  let from = 0;
  for (const target of targetsOf(pass, header.width)) {
    let isClear = clear !== undefined;
    for (let color = 0; color < 3; color++) {
      const value = values[from + (color % colors)]!;
      data[target + color] = byteOf(value);
      if (color < colors && clear?.getUint16(2 * color) !== value) isClear = false;
    }
    data[target + 3] = samples > colors ? byteOf(values[from + colors]!) : isClear ? 0 : 255;
    from += samples;
  }
}

/** Where the pixels of a pass are in the whole, row by row. */
function* targetsOf({ left, top, stepX, stepY, columns, rows }: PngPass, width: number): Generator<number> {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      yield ((top + row * stepY) * width + left + column * stepX) * 4;
    }
  }
}

/** Samples of less than a byte, one of them a pixel; each row begins with a byte of its own. */
function unpackBits(bytes: ArrayLike<number>, { columns, rows }: PngPass, depth: number): Uint8Array {
  const values = new Uint8Array(columns * rows);
  const stride = Math.ceil((columns * depth) / 8);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const bit = column * depth;
      const byte = bytes[row * stride + (bit >> 3)]!;
      values[row * columns + column] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
    }
  }
  return values;
}
