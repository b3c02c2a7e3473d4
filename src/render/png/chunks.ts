import { zlibSync } from 'fflate';
import { crc32 } from '../../common/crc32';

/** What a PNG file says of its pixels: palette indices, or red green blue, or red green blue alpha, a byte each. */
export interface PngFormat {
  readonly width: number;
  readonly height: number;
  readonly samples: 1 | 3 | 4;
  /** With one sample a pixel: up to 256 × RGBA. */
  readonly palette?: Uint8Array | undefined;
}

/** A part of a PNG file: its four letters, and what is in it. */
export type Chunk = readonly [type: string, body: Uint8Array];

/** Effort of the compression, from 1 (fast) to 9 (small). */
export type Level = 1 | 6 | 9;

const COLOR_TYPES = { 1: 3, 3: 2, 4: 6 } as const;
const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/** Size and kind of the pixels. */
export function headerChunk({ width, height, samples }: PngFormat): Chunk {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8; // bits a sample
  header[9] = COLOR_TYPES[samples];
  return ['IHDR', header];
}

/** The palette, where there is one, and its transparency, where it has any. */
export function paletteChunks({ palette }: PngFormat): Chunk[] {
  if (!palette) return [];
  const chunks: Chunk[] = [['PLTE', palette.filter((_, offset) => offset % 4 !== 3)]];
  const alphas = palette.filter((_, offset) => offset % 4 === 3);
  if (alphas.some((alpha) => alpha !== 255)) chunks.push(['tRNS', alphas]);
  return chunks;
}

/** Compresses rows, each behind its filter byte: see `filterRows`. */
export function packRows(rows: Uint8Array, level: Level): Uint8Array {
  // The table that fflate takes for a picture of this size by default, 2 MB, costs more to clear than it saves.
  return zlibSync(rows, { level, mem: 4 });
}

/** Puts a file together: the signature, and each chunk between its length and its check. */
export function joinChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const length = chunks.reduce((sum, [, body]) => sum + 12 + body.length, SIGNATURE.length);
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  file.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const [type, body] of chunks) {
    view.setUint32(at, body.length);
    for (let letter = 0; letter < 4; letter++) file[at + 4 + letter] = type.charCodeAt(letter);
    file.set(body, at + 8);
    view.setUint32(at + 8 + body.length, crc32(file.subarray(at + 4, at + 8 + body.length)));
    at += 12 + body.length;
  }
  return file;
}
