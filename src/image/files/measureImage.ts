import type { ImageFormat } from './recognizeFormat';

/** Pixels that a file says it has. */
export interface ImageFileSize {
  readonly width: number;
  readonly height: number;
}

/** Formats that say their size in their header; an SVG file has to be read for it. */
const MEASURES: Readonly<Record<Exclude<ImageFormat, 'SVG'>, (file: DataView) => ImageFileSize | undefined>> =
  {
    PNG: (file) => ({ width: file.getUint32(16), height: file.getUint32(20) }),
    JPEG: measureJpeg,
    GIF: measureGif,
    WebP: measureWebp,
    BMP: measureBmp,
    AVIF: measureAvif,
  };

/**
 * Reads how many pixels an image file says that it has, without decoding it; the most where it says so several times.
 *
 * @returns `undefined` where the file ends before it says so.
 */
export function measureImage(
  file: Uint8Array,
  format: Exclude<ImageFormat, 'SVG'>,
): ImageFileSize | undefined {
  try {
    return MEASURES[format](new DataView(file.buffer, file.byteOffset, file.byteLength));
  } catch (error) {
    // Beyond the end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Of all frame headers, SOF0 to SOF15 (ISO/IEC 10918-1, annex B.2.2); the scans between them are skipped. */
function measureJpeg(file: DataView): ImageFileSize | undefined {
  let [width, height] = [0, 0];
  for (let at = 2; at + 9 < file.byteLength; ) {
    const marker = file.getUint8(at + 1);
    // Data of a scan, fill bytes, and markers without a length.
    if (file.getUint8(at) !== 0xff || marker === 0xff) at += 1;
    else if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker === 0xd9) break;
    else {
      const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
      if (isFrame) {
        height = Math.max(height, file.getUint16(at + 5));
        width = Math.max(width, file.getUint16(at + 7));
      }
      at += 2 + Math.max(2, file.getUint16(at + 2));
    }
  }
  return width > 0 ? { width, height } : undefined;
}

/** The screen, and frames that stand out of it (GIF89a, sections 18 and 20). */
function measureGif(file: DataView): ImageFileSize {
  let [width, height] = [file.getUint16(6, true), file.getUint16(8, true)];
  const tableSize = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + tableSize(file.getUint8(10));
  while (at < file.byteLength) {
    const block = file.getUint8(at);
    if (block === 0x2c) {
      if (at + 10 > file.byteLength) break;
      width = Math.max(width, file.getUint16(at + 1, true) + file.getUint16(at + 5, true));
      height = Math.max(height, file.getUint16(at + 3, true) + file.getUint16(at + 7, true));
      at += 11 + tableSize(file.getUint8(at + 9));
    } else if (block === 0x21) at += 2;
    else break;
    // Sub-blocks, each behind its length, to an empty one.
    while (at < file.byteLength && file.getUint8(at) > 0) at += 1 + file.getUint8(at);
    at += 1;
  }
  return { width, height };
}

/** By the kind of the first chunk (RFC 9649, sections 2.5 to 2.7). */
function measureWebp(file: DataView): ImageFileSize | undefined {
  const kind = file.getUint32(12);
  if (kind === 0x56503820) {
    return { width: file.getUint16(26, true) & 0x3fff, height: file.getUint16(28, true) & 0x3fff };
  }
  if (kind === 0x5650384c) {
    const bits = file.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (kind !== 0x56503858) return undefined;
  const [width, height] = [file.getUint32(24, true) & 0xffffff, file.getUint32(26, true) >>> 8];
  return { width: 1 + width, height: 1 + height };
}

/** A height below 0 has the rows from top to bottom. */
function measureBmp(file: DataView): ImageFileSize {
  if (file.getUint32(14, true) === 12) {
    return { width: file.getUint16(18, true), height: file.getUint16(20, true) };
  }
  return { width: Math.abs(file.getInt32(18, true)), height: Math.abs(file.getInt32(22, true)) };
}

/** The largest of the properties `ispe` in the box `meta` (ISO/IEC 23008-12, section 6.5.3). */
function measureAvif(file: DataView): ImageFileSize | undefined {
  const [meta, ispe] = [0x6d657461, 0x69737065];
  let [width, height] = [0, 0];
  for (let box = 0; box + 8 <= file.byteLength; ) {
    const length = file.getUint32(box);
    const end = length < 8 ? file.byteLength : Math.min(box + length, file.byteLength);
    if (file.getUint32(box + 4) === meta) {
      for (let at = box + 8; at + 16 <= end; at++) {
        if (file.getUint32(at) !== ispe) continue;
        width = Math.max(width, file.getUint32(at + 8));
        height = Math.max(height, file.getUint32(at + 12));
      }
    }
    box = end;
  }
  return width > 0 ? { width, height } : undefined;
}
