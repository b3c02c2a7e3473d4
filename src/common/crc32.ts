/**
 * The cyclic redundancy check of ISO/IEC 15948, annex D: polynomial 0xEDB88320, reflected.
 *
 * Eight bytes at a time, each by a table of its own, one after the other in `TABLES` (M. Kounavis and F. Berry, A systematic
 * approach to building high performance software-based CRC generators, 2005).
 */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      TABLES[1792 + (crc & 0xff)]! ^
      TABLES[1536 + ((crc >>> 8) & 0xff)]! ^
      TABLES[1280 + ((crc >>> 16) & 0xff)]! ^
      TABLES[1024 + (crc >>> 24)]! ^
      TABLES[768 + bytes[at + 4]!]! ^
      TABLES[512 + bytes[at + 5]!]! ^
      TABLES[256 + bytes[at + 6]!]! ^
      TABLES[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ TABLES[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}

const TABLES = /* @__PURE__ */ (() => {
  const tables = new Uint32Array(8 * 256);
  for (let at = 0; at < tables.length; at++) {
    // Of a byte, and of a byte with so many zeros behind it.
    let crc = at < 256 ? at : tables[at - 256]!;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    tables[at] = crc;
  }
  return tables;
})();
