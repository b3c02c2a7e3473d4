import { zlibSync } from 'fflate';
import { crc32 } from './crc32';

/** Pixels of a PNG file: palette indices, or red green blue, or red green blue alpha, a byte each. */
export interface PngPixels {
  readonly width: number;
  readonly height: number;
  readonly samples: 1 | 3 | 4;
  /** With one sample a pixel: up to 256 × RGBA. */
  readonly palette?: Uint8Array | undefined;
  /** `height` rows of a filter byte followed by `width · samples` bytes: see {@link filterRows}. */
  readonly rows: Uint8Array;
}

const COLOR_TYPES = { 1: 3, 3: 2, 4: 6 } as const;
const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/**
 * Writes a PNG file (ISO/IEC 15948).
 *
 * @param level Effort of the compression, from 1 (fast) to 9 (small).
 */
export function encodePng(pixels: PngPixels, level: 1 | 6 | 9): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, pixels.width);
  view.setUint32(4, pixels.height);
  header[8] = 8; // bits a sample
  header[9] = COLOR_TYPES[pixels.samples];

  const chunks: Chunk[] = [['IHDR', header]];
  if (pixels.palette) {
    chunks.push(['PLTE', pixels.palette.filter((_, offset) => offset % 4 !== 3)]);
    const alphas = pixels.palette.filter((_, offset) => offset % 4 === 3);
    if (alphas.some((alpha) => alpha !== 255)) chunks.push(['tRNS', alphas]);
  }
  // The table that fflate takes for a picture of this size by default, 2 MB, costs more to clear than it saves.
  const body = zlibSync(pixels.rows, { level, mem: 4 });
  chunks.push(['IDAT', body], ['IEND', new Uint8Array(0)]);
  return joinChunks(chunks);
}

type Chunk = readonly [type: string, body: Uint8Array];

function joinChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
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
