import { crc32 } from '../../common/crc32';
import { type PngHeader, readPngHeader } from './readPngHeader';

/** What the chunks of a PNG file hold that its pixels need. */
export interface PngParts {
  readonly header: PngHeader;
  /** Red, green, blue of each colour, one after the other; empty where there is none. */
  readonly palette: Uint8Array;
  /** Alpha of the palette's colours, or the samples of the one colour that is transparent, two bytes each. */
  readonly transparency: Uint8Array | undefined;
  /** The packed rows, in pieces. */
  readonly packed: readonly Uint8Array[];
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
 * Walks the chunks of a PNG file to the last one, IEND, and checks the sum that each ends with, their order and what there
 * may be of each (ISO/IEC 15948, sections 5 and 11.2). Pixels stay packed.
 *
 * @returns What the chunks hold; or what is wrong, as what follows "got this file, …" in a message.
 */
export function readPngParts(file: Uint8Array): PngParts | string {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const packed: Uint8Array[] = [];
  let [header, palette, transparency]: [PngHeader?, Uint8Array?, Uint8Array?] = [];
  let last = '';
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > file.length) break;
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    const body = file.subarray(at + 8, end - 4);
    if (crc32(file.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return damaged(type);
    if (!header && (type !== 'IHDR' || body.length !== 13)) return damaged(type);
    if (type === 'IHDR') {
      if (header) return damaged(type);
      const wrong = findWrongHeader(body);
      if (wrong !== undefined) return wrong;
      header = readPngHeader(view, at + 8);
    } else if (type === 'PLTE') {
      const isPalette = body.length % 3 === 0 && body.length > 0 && body.length <= 768;
      if (!isPalette || palette || packed.length > 0) return damaged(type);
      palette = body;
    } else if (type === 'tRNS') {
      if (transparency) return damaged(type);
      transparency = body;
    } else if (type === 'IDAT') {
      if (packed.length > 0 && last !== 'IDAT') return 'whose parts "IDAT" do not follow each other';
      packed.push(body);
    } else if (type === 'IEND') {
      if (end < file.length) return `which goes on for ${file.length - end} bytes after its end`;
      if (packed.length === 0) return 'which has no part "IDAT"';
      return checkColors({ header: header!, palette: palette ?? new Uint8Array(0), transparency, packed });
    } else if (!/^[a-z][A-Za-z]{3}$/.test(type)) {
      // A capital says that a decoder has to know what it means.
      return `whose part ${JSON.stringify(type)} is of no known kind`;
    }
    last = type;
    at = end;
  }
  return 'which has been cut off';
}

function damaged(type: string): string {
  return `whose part ${JSON.stringify(type)} is damaged`;
}

function findWrongHeader(body: Uint8Array): string | undefined {
  const [depth, colorType, compression, filter, interlace] = body.subarray(8);
  if (!DEPTHS[colorType!]?.includes(depth!)) {
    return `whose header says colour type ${colorType} of ${depth} bits, which there is not`;
  }
  if (compression !== 0) return `whose header says compression ${compression}, which there is not`;
  if (filter !== 0) return `whose header says filter method ${filter}, which there is not`;
  if (interlace! > 1) return `whose header says interlace ${interlace}, which there is not`;
  return undefined;
}

/** Whether the palette and the transparent colours are those of the colour type. */
function checkColors(parts: PngParts): PngParts | string {
  const { header, palette, transparency } = parts;
  const { colorType } = header;
  if (colorType === 3 && palette.length === 0) return 'which has no part "PLTE"';
  if (palette.length > 0 && (colorType === 0 || colorType === 4)) return damaged('PLTE');
  if (transparency === undefined) return parts;
  const sizes: Readonly<Record<number, number>> = { 0: 2, 2: 6 };
  const fits =
    colorType === 3 ? transparency.length * 3 <= palette.length : transparency.length === sizes[colorType];
  return fits ? parts : damaged('tRNS');
}
