import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { findDamage } from '../../src/node/findDamage';

const canvas = createCanvas(40, 30);
const context = canvas.getContext('2d');
for (let x = 0; x < 40; x++) {
  context.fillStyle = `rgb(${x * 6}, ${255 - x * 3}, ${(x * 37) % 256})`;
  context.fillRect(x, 0, 1, 30 - (x % 7));
}

/** Two pixels, by hand: a header of 54 bytes that says its file has 62, and a row of 6 bytes padded to 8. */
const bmp = Buffer.alloc(62);
bmp.write('BM');
bmp.writeUInt32LE(62, 2);

const files = {
  PNG: canvas.toBuffer('image/png'),
  JPEG: canvas.toBuffer('image/jpeg'),
  WebP: canvas.toBuffer('image/webp'),
  GIF: Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64'),
  BMP: bmp,
};

describe('findDamage', () => {
  it.each(Object.entries(files))('finds nothing wrong with a whole %s', (_, file) => {
    expect(findDamage(file)).toBeUndefined();
  });

  it.each(Object.entries(files))('finds that a %s has been cut off, wherever', (_, file) => {
    for (const share of [0.3, 0.5, 0.9, 0.99]) {
      const cut = file.subarray(0, Math.floor(file.length * share));
      expect(findDamage(cut), `${cut.length} of ${file.length} bytes`).toBe('which has been cut off');
    }
  });

  it('finds a changed byte in a PNG', () => {
    const changed = Buffer.from(files.PNG);
    changed[files.PNG.indexOf('IDAT') + 8]! ^= 1;
    expect(findDamage(changed)).toBe('whose part "IDAT" is damaged');
  });

  it('is not misled by a thumbnail or by bytes after the end', () => {
    const [whole, half] = [files.JPEG, files.JPEG.subarray(0, files.JPEG.length / 2)];
    const thumbnail = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 6, 1, 2, 0xff, 0xd9]), half.subarray(2)]);
    expect(findDamage(Buffer.concat([half.subarray(0, 2), thumbnail]))).toBe('which has been cut off');
    expect(findDamage(Buffer.concat([whole, Buffer.alloc(20)]))).toBeUndefined();
    expect(findDamage(Buffer.concat([files.PNG, Buffer.alloc(20)]))).toBeUndefined();
  });

  it('lets pass what it does not know', () => {
    expect(findDamage(Buffer.from('<svg/>'))).toBeUndefined();
    expect(findDamage(new Uint8Array(0))).toBeUndefined();
  });
});
