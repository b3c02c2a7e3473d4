import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../../src/common/zip/readZip';
import { unpackEntry } from '../../../src/common/zip/unpackEntry';
import { type EntryPlan, writeZip } from './zipFile';

const content = Uint8Array.from({ length: 500 }, (_, at) => at % 7);
const plain: EntryPlan = { name: 'a', content };

function unpack(file: Uint8Array) {
  return readZip(file).map((entry) => [entry.name, [...unpackEntry(entry)]]);
}

describe('a ZIP file is read', () => {
  /** The sizes as 64 bits, as numpy writes them before each entry. */
  const wide = Buffer.alloc(20);
  wide.set([1, 0, 16, 0]);
  wide.writeBigUInt64LE(500n, 4);
  wide.writeBigUInt64LE(500n, 12);

  it.each<[string, EntryPlan[], Parameters<typeof writeZip>[1]?]>([
    ['stored', [plain]],
    ['packed', [{ ...plain, isDeflated: true }]],
    ['with a remark', [plain], { comment: Buffer.from('PK\x05\x06 or not') }],
    [
      'with sizes that follow the entry',
      [
        {
          ...plain,
          flags: 0x808,
          local: { crc: 0, size: 0, packedSize: 0 },
          after: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
        },
      ],
    ],
    [
      'with sizes of 64 bits',
      [{ ...plain, localExtra: wide, local: { size: 2 ** 32 - 1, packedSize: 2 ** 32 - 1 } }],
    ],
  ])('%s', (_, plans, end) => {
    expect(unpack(writeZip(plans, end))).toEqual([['a', [...content]]]);
  });

  it('with names of any kind, as many as there are', () => {
    const names = ['__proto__', 'constructor', 'größe/🙂', 'a', 'A', ''];
    expect(unpack(writeZip(names.map((name) => ({ name, content })))).map(([name]) => name)).toEqual(names);
    expect(unpack(writeZip([]))).toEqual([]);
  });
});

describe('a ZIP file is refused', () => {
  const huge = 2 ** 32 - 1;
  const differ = 'the header of an entry says something else than the directory';
  it.each<[string, Uint8Array, string]>([
    ['without an end', writeZip([plain]).subarray(0, -1), 'no directory at its end'],
    ['with something after it', Uint8Array.of(...writeZip([plain]), 0), 'no directory at its end'],
    ['before it', Uint8Array.of(0, ...writeZip([plain])), 'its directory is not where it says'],
    ['of ZIP64', writeZip([plain], { count: 0xffff }), 'its directory is of ZIP64, for files above 4 GB'],
    ['with a locator of ZIP64', withLocator(), 'its directory is of ZIP64, for files above 4 GB'],
    ['in parts', writeZip([plain], { disk: 1 }), 'a part of several'],
    ['with fewer entries', writeZip([plain], { count: 2 }), 'its directory is not as long as it says'],
    ['with more entries', writeZip([plain, plain], { count: 1 }), 'its directory is not as long as it says'],
    ['encrypted', writeZip([{ ...plain, flags: 1 }]), 'it is encrypted'],
    ['encrypted before the entry only', writeZip([{ ...plain, local: { flags: 0x801 } }]), differ],
    ['packed by LZMA', writeZip([{ ...plain, method: 14 }]), 'an entry is packed by method 14'],
    ['with another name', writeZip([{ ...plain, localName: 'b' }]), differ],
    ['with another check sum', writeZip([{ ...plain, local: { crc: 1 } }]), differ],
    ['with another size', writeZip([{ ...plain, local: { size: 1 } }]), differ],
    ['with another method', writeZip([{ ...plain, local: { method: 8 } }]), differ],
    [
      'with a size of 64 bits that is not there',
      writeZip([{ ...plain, size: huge }]),
      'a size above 4 GB is missing',
    ],
    [
      'stored, and of another size',
      writeZip([{ ...plain, size: 499 }]),
      'an entry cannot be as large as it says',
    ],
    [
      'packed smaller than can be',
      writeZip([{ ...plain, isDeflated: true, size: 600_000_000 }]),
      'an entry cannot be as large as it says',
    ],
    ['of one entry twice', writeZip([plain, { ...plain, offset: 0 }]), 'two entries have bytes in common'],
    [
      'that reaches into its directory',
      writeZip([{ ...plain, packedSize: 501, size: 501 }]),
      'an entry reaches into the directory',
    ],
    [
      'with a name that is no UTF-8',
      writeZip([{ ...plain, name: Uint8Array.of(0xff) }]),
      'the name of an entry is no UTF-8',
    ],
    [
      'with a name of a code page',
      writeZip([{ ...plain, name: 'ä', flags: 0 }]),
      'the name of an entry is no UTF-8',
    ],
    ['with a NUL in a name', writeZip([{ ...plain, name: 'a\0b' }]), 'the name of an entry is no UTF-8'],
  ])('%s', (_, file, message) => {
    expect(() => readZip(file)).toThrow(new RangeError(message));
  });

  it.each<[string, EntryPlan, string]>([
    ['damaged', { ...plain, crc: 1 }, 'it is damaged: its check sum is another'],
    ['damaged and packed', { ...plain, isDeflated: true, crc: 1 }, 'it is damaged: its check sum is another'],
    [
      'larger than it says',
      { ...plain, isDeflated: true, size: 499 },
      'it is damaged: expected 499 bytes, got more',
    ],
    [
      'smaller than it says',
      { ...plain, isDeflated: true, size: 501 },
      'it is damaged: expected 501 bytes, got 500',
    ],
    [
      'no DEFLATE',
      { ...plain, isDeflated: true, packed: Uint8Array.of(7, 7, 7) },
      'it is damaged: invalid block type',
    ],
    [
      'cut off',
      { ...plain, isDeflated: true, packed: Uint8Array.from(deflateRawSync(content)).subarray(0, 9) },
      'it is damaged: ',
    ],
  ])('where an entry is %s', (_, plan, message) => {
    const [entry] = readZip(writeZip([plan]));
    expect(() => unpackEntry(entry!)).toThrow(message);
  });
});

function withLocator(): Uint8Array {
  const file = Buffer.from(writeZip([plain]));
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50);
  return Uint8Array.from(Buffer.concat([file.subarray(0, -22), locator, file.subarray(-22)]));
}
