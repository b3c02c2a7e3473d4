import type { RgbaImage } from '../../common/types';
import { type Chunk, headerChunk, joinChunks, packRows, paletteChunks } from '../png/chunks';
import { createPalette } from '../png/createPalette';
import { takeSamples } from '../png/encodeRgba';
import { filterRows } from '../png/filterRows';
import { indexColors } from '../png/indexColors';
import { findChange, type Rectangle } from './findChange';

/** Whether the pixels of a frame take the place of those before, or are laid over them where they are not transparent. */
const SOURCE = 0;
const OVER = 1;

/** A frame as it stands in the file. */
interface StoredFrame extends Rectangle {
  readonly blend: typeof SOURCE | typeof OVER;
  /** In milliseconds. */
  duration: number;
  readonly packed: Uint8Array;
}

/** Takes the frames of a film one after the other, and writes the file when they have all come. */
export interface ApngEncoder {
  /**
   * @param duration In milliseconds.
   * @returns Whether there was room for its colours; if not, begin again without a palette.
   */
  add(image: RgbaImage, duration: number): boolean;
  finish(plays: number): Uint8Array<ArrayBuffer>;
}

/**
 * Encodes an animated PNG (APNG, part of ISO/IEC 15948:2024): the first frame whole, of the others the smallest rectangle
 * that has changed, and nothing of a frame that is like the one before, which is shown longer instead.
 *
 * @param indexed Whether all frames share one palette, for up to 256 colours; RGBA otherwise.
 */
export function createApngEncoder(width: number, height: number, indexed: boolean): ApngEncoder {
  const palette = createPalette();
  palette.entryOf(0, 0, 0, 0); // What stays as it was.
  const samples = indexed ? 1 : 4;
  const frames: StoredFrame[] = [];
  let before: Uint32Array | undefined;

  /** Rows of the file for a part of a picture; `undefined` if the palette is full. */
  const pack = (data: Uint8ClampedArray, part: Rectangle): Uint8Array | undefined => {
    const bytes = indexed ? indexColors(data, palette) : takeSamples(data, 4);
    return bytes && packRows(filterRows(bytes, part.width * samples, part.height), 9);
  };

  return {
    add({ data }, duration) {
      const words = new Uint32Array(data.slice().buffer);
      const part = before ? findChange(before, words, width) : { x: 0, y: 0, width, height };
      if (!part) {
        frames.at(-1)!.duration += duration;
        return true;
      }
      const now = cutOut(words, part, width);
      const packed = pack(bytesOf(now), part);
      if (!packed) return false;
      let frame: StoredFrame = { ...part, blend: SOURCE, duration, packed };
      const laid = before && layOver(cutOut(before, part, width), now);
      const smaller = laid && pack(bytesOf(laid), part);
      if (smaller && smaller.length < packed.length) frame = { ...frame, blend: OVER, packed: smaller };
      frames.push(frame);
      before = words;
      return true;
    },
    finish(plays) {
      const format = { width, height, samples, ...(indexed && { palette: palette.toRgba() }) } as const;
      let sequence = 0;
      return joinChunks([
        headerChunk(format),
        ['acTL', numbers(frames.length, plays)],
        ...paletteChunks(format),
        ...frames.flatMap((frame, index): Chunk[] => [
          ['fcTL', controlFrame(frame, sequence++)],
          index === 0 ? ['IDAT', frame.packed] : ['fdAT', prefix(sequence++, frame.packed)],
        ]),
        ['IEND', new Uint8Array(0)],
      ]);
    },
  };
}

function cutOut(words: Uint32Array, { x, y, width, height }: Rectangle, stride: number): Uint32Array {
  const part = new Uint32Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * stride + x;
    part.set(words.subarray(from, from + width), row * width);
  }
  return part;
}

/** What has changed, on nothing; `undefined` where something has become transparent, which cannot be laid over. */
function layOver(before: Uint32Array, after: Uint32Array): Uint32Array | undefined {
  const alphas = bytesOf(after);
  const laid = new Uint32Array(after.length);
  for (let pixel = 0; pixel < after.length; pixel++) {
    if (after[pixel] === before[pixel]) continue;
    if (alphas[pixel * 4 + 3] !== 255) return undefined;
    laid[pixel] = after[pixel]!;
  }
  return laid;
}

function bytesOf(words: Uint32Array): Uint8ClampedArray {
  return new Uint8ClampedArray(words.buffer);
}

/** The control chunk of a frame: where it stands, how long, and how it is put there; it is left there afterwards. */
function controlFrame({ x, y, width, height, duration, blend }: StoredFrame, sequence: number): Uint8Array {
  const chunk = new Uint8Array(26);
  const view = new DataView(chunk.buffer);
  chunk.set(numbers(sequence, width, height, x, y));
  // A fraction of a second in two bytes each: milliseconds while they fit.
  const parts = [1000, 100, 10, 1].find((each) => (duration * each) / 1000 <= 0xffff) ?? 1;
  view.setUint16(20, Math.min(0xffff, Math.round((duration * parts) / 1000)));
  view.setUint16(22, parts);
  chunk[25] = blend;
  return chunk;
}

function numbers(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value);
  return bytes;
}

function prefix(sequence: number, bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(4 + bytes.length);
  whole.set(numbers(sequence));
  whole.set(bytes, 4);
  return whole;
}
