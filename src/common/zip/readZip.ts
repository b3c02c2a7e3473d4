/** A file in a ZIP file, not yet unpacked. */
export interface ZipEntry {
  readonly name: string;
  /** What is stored of it. */
  readonly packed: Uint8Array;
  readonly isDeflated: boolean;
  /** Bytes that it says it has, unpacked. */
  readonly size: number;
  /** Its CRC-32. */
  readonly crc: number;
}

const END = 0x06054b50;
const END_64 = 0x07064b50; // of the locator, which stands before the end
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST = 0xffffffff;
const ENCRYPTED = 1;
const SIZES_FOLLOW = 8;
const UTF_8 = 0x800;

/** No stream of DEFLATE unpacks to more times its size (P. Deutsch, RFC 1951: 258 bytes for two bits). */
const MOST_RATIO = 1032;

/**
 * Reads the directory of a ZIP file (PKWARE, APPNOTE 6.3.10), and makes sure that the headers before the entries say the same
 * and that no entry reaches into another.
 *
 * @throws RangeError whose message is the reason alone.
 */
export function readZip(file: Uint8Array): ZipEntry[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const end = findEnd(view);
  if (end < 0) throw new RangeError('no directory at its end');
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  const isHuge = count === 0xffff || start === MOST || view.getUint32(end + 12, true) === MOST;
  if (isHuge || (end >= 20 && view.getUint32(end - 20, true) === END_64)) {
    throw new RangeError('its directory is of ZIP64, for files above 4 GB');
  }
  if (view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) {
    throw new RangeError('a part of several');
  }
  if (start + view.getUint32(end + 12, true) !== end)
    throw new RangeError('its directory is not where it says');

  const entries: ZipEntry[] = [];
  const spans: [from: number, to: number][] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw cutOff();
    const [names, extras, remarks] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const next = at + 46 + names! + extras! + remarks!;
    if (next > end) throw cutOff();
    const header = readHeader(view, at + 8, at + 28, at + 46);
    const offset = view.getUint32(at + 42, true);
    const from = checkLocal(view, offset, start, header);
    const to = from + header.packedSize;
    if (to > start) throw new RangeError('an entry reaches into the directory');
    spans.push([offset, to]);
    entries.push(describeEntry(header, file.subarray(from, to)));
    at = next;
  }
  if (at !== end) throw cutOff();
  spans.sort(([one], [other]) => one - other);
  if (spans.some(([, to], index) => to > (spans[index + 1]?.[0] ?? to))) {
    throw new RangeError('two entries have bytes in common');
  }
  return entries;
}

function cutOff(): RangeError {
  return new RangeError('its directory is not as long as it says');
}

function findEnd(view: DataView): number {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) === END && at + view.getUint16(at + 20, true) === last) return at;
  }
  return -1;
}

interface Header {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly name: Uint8Array;
}

/** Reads what both headers have: from the flags on, the lengths of name and extra fields, and these. */
function readHeader(view: DataView, at: number, lengths: number, names: number): Header {
  const nameLength = view.getUint16(lengths, true);
  const extras = names + nameLength;
  const [packedSize, size] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
  return {
    flags: view.getUint16(at, true),
    method: view.getUint16(at + 2, true),
    crc: view.getUint32(at + 8, true),
    ...readLargeSizes(view, extras, extras + view.getUint16(lengths + 2, true), packedSize, size),
    name: new Uint8Array(view.buffer, view.byteOffset + names, nameLength),
  };
}

/** Sizes that do not fit into 32 bits, or that numpy takes for such, stand in an extra field. */
function readLargeSizes(view: DataView, from: number, to: number, packedSize: number, size: number) {
  if (packedSize !== MOST && size !== MOST) return { packedSize, size };
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const wide = at + 4 + 8 * [size, packedSize].filter((value) => value === MOST).length;
    if (wide > Math.min(to, at + 4 + view.getUint16(at + 2, true))) break;
    const read = (place: number) => Number(view.getBigUint64(place, true));
    return {
      size: size === MOST ? read(at + 4) : size,
      packedSize: packedSize === MOST ? read(wide - 8) : packedSize,
    };
  }
  throw new RangeError('a size above 4 GB is missing');
}

/** Compares the header before an entry with that of the directory, and says where the entry's bytes begin. */
function checkLocal(view: DataView, at: number, end: number, header: Header): number {
  const differ = new RangeError('the header of an entry says something else than the directory');
  if (at + 30 > end || view.getUint32(at, true) !== LOCAL) throw differ;
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (from > end) throw differ;
  const local = readHeader(view, at + 6, at + 26, at + 30);
  const agree = (keys: readonly ('crc' | 'packedSize' | 'size' | 'method')[]) =>
    keys.every((key) => local[key] === header[key]);
  const flags = ENCRYPTED | SIZES_FOLLOW | UTF_8;
  const areLater =
    (local.flags & SIZES_FOLLOW) !== 0 && local.crc === 0 && local.packedSize === 0 && local.size === 0;
  const isSame =
    (local.flags & flags) === (header.flags & flags) &&
    agree(['method']) &&
    (areLater || agree(['crc', 'packedSize', 'size'])) &&
    local.name.length === header.name.length &&
    local.name.every((byte, index) => byte === header.name[index]);
  if (!isSame) throw differ;
  return from;
}

function describeEntry({ flags, method, crc, packedSize, size, name }: Header, packed: Uint8Array): ZipEntry {
  if (flags & ENCRYPTED) throw new RangeError('it is encrypted');
  if (method !== 0 && method !== 8) throw new RangeError(`an entry is packed by method ${method}`);
  if (method === 0 ? size !== packedSize : size > packedSize * MOST_RATIO) {
    throw new RangeError('an entry cannot be as large as it says');
  }
  return { name: decodeName(name, flags), packed, isDeflated: method === 8, size, crc };
}

function decodeName(bytes: Uint8Array, flags: number): string {
  // Without the flag they are of a code page that nobody knows.
  const isPlain = bytes.every((byte) => byte < 128) || (flags & UTF_8) !== 0;
  try {
    if (isPlain && !bytes.includes(0))
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Said below.
  }
  throw new RangeError('the name of an entry is no UTF-8');
}
