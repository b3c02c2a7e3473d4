import { headerChunk, joinChunks, type Level, type PngFormat, packRows, paletteChunks } from './chunks';

/** Pixels of a PNG file. */
export interface PngPixels extends PngFormat {
  /** `height` rows of a filter byte followed by `width · samples` bytes: see {@link filterRows}. */
  readonly rows: Uint8Array;
}

/** Writes a PNG file (ISO/IEC 15948). */
export function encodePng(pixels: PngPixels, level: Level): Uint8Array<ArrayBuffer> {
  return joinChunks([
    headerChunk(pixels),
    ...paletteChunks(pixels),
    ['IDAT', packRows(pixels.rows, level)],
    ['IEND', new Uint8Array(0)],
  ]);
}
