import { createCanvas } from '@napi-rs/canvas';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { measureImage } from '../../../src/image/files/measureImage';
import { measureSvg } from '../../../src/image/files/measureSvg';
import { recognizeFormat } from '../../../src/image/files/recognizeFormat';

const canvas = createCanvas(300, 17);
const gif = Buffer.from('R0lGODlhAwACAIAAAAAAAP///ywAAAAAAwACAAACAkQSADs=', 'base64');
const bmp = Buffer.alloc(60);
bmp.write('BM');
bmp.set([40], 14);
bmp.writeInt32LE(300, 18);
bmp.writeInt32LE(-17, 22);

function measure(file: Uint8Array) {
  const format = recognizeFormat(file);
  if (format === undefined || format === 'SVG') throw new Error(`got ${format}`);
  return [format, measureImage(file, format)];
}

describe('measureImage', () => {
  it.each(['jpeg', 'webp', 'avif'] as const)('reads what a %s says', async (format) => {
    const file = await canvas.encode(format as 'jpeg');
    expect(measure(file)[1]).toEqual({ width: 300, height: 17 });
  });

  it('reads what the others say', () => {
    const png = encode({ width: 5, height: 2, channels: 1, data: new Uint8Array(10) });
    expect(measure(png)).toEqual(['PNG', { width: 5, height: 2 }]);
    expect(measure(gif)).toEqual(['GIF', { width: 3, height: 2 }]);
    expect(measure(bmp)).toEqual(['BMP', { width: 300, height: 17 }]);
  });

  it('reads each of the three kinds of WebP', () => {
    const webp = (kind: string, at: number, bytes: readonly number[]) => {
      const file = Buffer.alloc(40);
      file.write(`RIFF....WEBP${kind}`);
      file.set(bytes, at);
      return file;
    };
    expect(measure(webp('VP8 ', 26, [0x2c, 0x41, 17, 0]))[1]).toEqual({ width: 300, height: 17 });
    // 14 bits each, less 1: 299 + 16 · 2^14.
    expect(measure(webp('VP8L', 20, [0x2f, 0x2b, 0x01, 0x04, 0x00]))[1]).toEqual({ width: 300, height: 17 });
    expect(measure(webp('VP8X', 24, [0x2b, 1, 0, 16, 0, 0]))[1]).toEqual({ width: 300, height: 17 });
  });

  it('finds a frame of a GIF that is larger than its screen', () => {
    const large = Buffer.from(gif);
    const frame = large.indexOf(0x2c);
    large.writeUInt16LE(60_000, frame + 5);
    large.writeUInt16LE(9, frame + 3);
    expect(measure(large)[1]).toEqual({ width: 60_000, height: 11 });
  });

  it('is not misled by the thumbnail of a JPEG', async () => {
    const file = await canvas.encode('jpeg');
    const frame = [0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0];
    const hidden = Buffer.from([0xff, 0xe1, 0, 2 + frame.length, ...frame]);
    const thumbnail = Buffer.concat([file.subarray(0, 2), hidden, file.subarray(2)]);
    expect(measure(thumbnail)[1]).toEqual({ width: 300, height: 17 });
  });

  it('knows no size where the file ends before it', () => {
    for (const bytes of ['GIF89a', '\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'RIFF....WEBPVP8 ']) {
      expect(measure(Buffer.from(bytes, 'latin1'))[1]).toBeUndefined();
    }
  });
});

describe('measureSvg', () => {
  it.each([
    ['width="20" height="10"', 20, 10],
    ["width='20px' height = '1e1'", 20, 10],
    ['width="1in" height="25.4mm"', 96, 96],
    ['width="72pt" height="6pc"', 96, 96],
    ['viewBox="0 0 20 10"', 20, 10],
    ['viewBox="0,0,20,10" width="50%" height="100%"', 10, 10],
    ['viewBox="0 0 20 10" width="40"', 40, 10],
    ['width="30000" height="1e9"', 30_000, 1e9],
    ['width="-5" height="0"', -5, 0],
    ['width="NaN" height="wide"', Number.NaN, Number.NaN],
    ['', Number.NaN, Number.NaN],
  ])('reads <svg %s>', (attributes, width, height) => {
    const text = `<?xml version="1.0"?><!-- <svg width="1" height="1"> --><svg ${attributes}><svg width="7"/></svg>`;
    expect(measureSvg(text)).toEqual({ width, height });
  });
});
