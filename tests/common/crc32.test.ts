import { expect, it } from 'vitest';
import { crc32 } from '../../src/common/crc32';

it('is what the standard says of its own example', () => {
  // The check value of CRC-32/ISO-HDLC.
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

it('goes bit by bit through bytes of any number', () => {
  for (let length = 0; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 97 + length * 31) & 255);
    let crc = 0xffffffff;
    for (const byte of bytes) {
      for (let bit = 0; bit < 8; bit++) {
        const isOdd = ((crc ^ (byte >> bit)) & 1) === 1;
        crc = isOdd ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
      }
    }
    expect(crc32(bytes)).toBe(~crc >>> 0);
  }
});
