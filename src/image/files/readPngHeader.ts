/** The picture that a pass of an interlaced PNG file has, or the whole of another one. */
export interface PngPass {
  /** Where its first pixel is, and the steps to the next ones. */
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly columns: number;
  readonly rows: number;
}

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 a palette's index, 4 grey and alpha, 6 RGB and alpha. */
  readonly colorType: number;
  /** Samples a pixel; 0 if there is no such colour type. */
  readonly samples: number;
  /** Those that have pixels. */
  readonly passes: readonly PngPass[];
}

/** Samples a pixel by colour type; the types between do not exist. */
const SAMPLES = [1, 0, 3, 1, 2, 0, 4];

/** First column and row of each of Adam7's passes, and the steps to the next ones (ISO/IEC 15948, section 8.2). */
const WHOLE = [[0, 0, 1, 1]] as const;
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/**
 * Reads the header of a PNG file.
 *
 * @param at Where the body of the chunk IHDR begins.
 */
export function readPngHeader(view: DataView, at: number): PngHeader {
  const [width, height] = [view.getUint32(at), view.getUint32(at + 4)];
  const colorType = view.getUint8(at + 9);
  const passes = (view.getUint8(at + 12) === 1 ? ADAM7 : WHOLE).map(([left, top, stepX, stepY]) => ({
    left,
    top,
    stepX,
    stepY,
    columns: Math.ceil((width - left) / stepX),
    rows: Math.ceil((height - top) / stepY),
  }));
  return {
    width,
    height,
    depth: view.getUint8(at + 8),
    colorType,
    samples: SAMPLES[colorType] ?? 0,
    passes: passes.filter(({ columns, rows }) => columns > 0 && rows > 0),
  };
}

/** Bytes that the pixels take, a filter's number before each row; 0 if the header is none that a decoder would take. */
export function countBytes({ depth, samples, passes }: PngHeader): number {
  const bits = depth * samples;
  if (bits === 0) return 0;
  return passes.reduce((sum, { columns, rows }) => sum + rows * (1 + Math.ceil((columns * bits) / 8)), 0);
}
