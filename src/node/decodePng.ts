import { inflateSync } from 'node:zlib';
import type { PixelImage } from '../common/types';
import { countBytes, type PngHeader, type PngPass, readPngHeader } from './readPngHeader';

/** What the chunks of a PNG file hold that its pixels need. */
interface PngParts {
  readonly header: PngHeader;
  /** Red, green, blue of each colour, one after the other. */
  readonly palette: Uint8Array;
  /** Alpha of the palette's colours, or the samples of the one colour that is transparent, two bytes each. */
  readonly transparency: Uint8Array | undefined;
  /** Filtered rows, each with its filter's number before it. */
  readonly rows: Uint8Array;
}

/** Depths that each colour type may have (ISO/IEC 15948, table 11.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Decodes a PNG file of any kind, in which nothing is damaged. Of samples of 16 bits the upper 8 are taken; colour profiles and
 * gamma are not applied.
 *
 * @returns RGBA bytes, not premultiplied; `undefined` if the header is none that there may be, or of no pixels.
 */
export function decodePng(file: Uint8Array): PixelImage | undefined {
  const parts = readParts(file);
  if (!parts) return undefined;
  const { header } = parts;
  const data = new Uint8ClampedArray(header.width * header.height * 4);
  const bits = header.depth * header.samples;
  let at = 0;
  for (const pass of header.passes) {
    const stride = Math.ceil((pass.columns * bits) / 8);
    let above: Uint8Array = new Uint8Array(stride);
    for (let row = 0; row < pass.rows; row++, at += 1 + stride) {
      const line = parts.rows.subarray(at + 1, at + 1 + stride);
      unfilter(line, above, parts.rows[at]!, Math.max(1, bits >> 3));
      paintRow(data, parts, pass, row, line);
      above = line;
    }
  }
  return { width: header.width, height: header.height, data };
}

function readParts(file: Uint8Array): PngParts | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const bodies = new Map<string, Uint8Array[]>();
  for (let at = 8; at + 12 <= file.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    const body = file.subarray(at + 8, at + 8 + view.getUint32(at));
    bodies.set(type, [...(bodies.get(type) ?? []), body]);
  }
  const [start] = bodies.get('IHDR') ?? [];
  if (start?.length !== 13) return undefined;
  const header = readPngHeader(view, start.byteOffset - file.byteOffset);
  if (!DEPTHS[header.colorType]?.includes(header.depth) || header.passes.length === 0) return undefined;
  const packed = Buffer.concat(bodies.get('IDAT') ?? []);
  return {
    header,
    palette: bodies.get('PLTE')?.[0] ?? new Uint8Array(0),
    transparency: bodies.get('tRNS')?.[0],
    rows: inflateSync(packed, { maxOutputLength: Math.max(1, countBytes(header)) }),
  };
}

/** Undoes a row's filter in place: each byte was written as its difference from a guess (section 9.2). */
function unfilter(line: Uint8Array, above: Uint8Array, filter: number, step: number): void {
  if (filter === 0) return;
  for (let at = 0; at < line.length; at++) {
    const left = at < step ? 0 : line[at - step]!;
    const up = above[at]!;
    const corner = at < step ? 0 : above[at - step]!;
    let guess = left;
    if (filter === 2) guess = up;
    if (filter === 3) guess = (left + up) >> 1;
    if (filter === 4) guess = paeth(left, up, corner);
    line[at] = line[at]! + guess;
  }
}

/** Of three neighbours the one that is nearest to left + up - corner (section 9.4). */
function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function paintRow(
  data: Uint8ClampedArray,
  { header, palette, transparency }: PngParts,
  { left, top, stepX, stepY, columns }: PngPass,
  row: number,
  line: Uint8Array,
): void {
  const { width, depth, samples, colorType } = header;
  const largest = 2 ** Math.min(depth, 8) - 1;
  const colors = colorType === 2 || colorType === 6 ? 3 : 1;
  for (let column = 0; column < columns; column++) {
    const target = ((top + row * stepY) * width + left + column * stepX) * 4;
    if (colorType === 3) {
      const index = sampleAt(line, column, depth);
      for (let color = 0; color < 3; color++) data[target + color] = palette[index * 3 + color] ?? 0;
      data[target + 3] = transparency?.[index] ?? 255;
      continue;
    }
    const first = column * samples;
    for (let color = 0; color < 3; color++) {
      data[target + color] = (sampleAt(line, first + (color % colors), depth) / largest) * 255;
    }
    const isClear = transparency !== undefined && matches(line, first, depth, colors, transparency);
    data[target + 3] = samples > colors ? sampleAt(line, first + colors, depth) : isClear ? 0 : 255;
  }
}

/** A sample of at most 8 bits; of 16 the upper ones. */
function sampleAt(line: Uint8Array, index: number, depth: number): number {
  if (depth >= 8) return line[index * (depth >> 3)]!;
  const bit = index * depth;
  return (line[bit >> 3]! >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

/** Whether a pixel is of the one colour that a file without alpha calls transparent. */
function matches(
  line: Uint8Array,
  first: number,
  depth: number,
  colors: number,
  transparency: Uint8Array,
): boolean {
  for (let color = 0; color < colors; color++) {
    const lower = depth === 16 ? line[(first + color) * 2 + 1]! : sampleAt(line, first + color, depth);
    const upper = depth === 16 ? line[(first + color) * 2]! : 0;
    if (transparency[color * 2] !== upper || transparency[color * 2 + 1] !== lower) return false;
  }
  return true;
}
