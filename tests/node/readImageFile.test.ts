import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { encode } from 'fast-png';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { crc32 } from '../../src/common/crc32';
import { readImageFile } from '../../src/node/readImageFile';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  vi.doUnmock('@napi-rs/canvas');
  vi.resetModules();
});

async function store(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** A canvas of 16 × 8 pixels in one colour. */
function orange() {
  const canvas = createCanvas(16, 8);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ff8040';
  context.fillRect(0, 0, 16, 8);
  return canvas;
}

describe('readImageFile', () => {
  it.each([
    ['grey', 1, [0, 128], [0, 0, 0, 255, 128, 128, 128, 255]],
    ['RGB', 3, [1, 2, 3, 200, 100, 50], [1, 2, 3, 255, 200, 100, 50, 255]],
    ['RGBA', 4, [1, 2, 3, 255, 255, 51, 0, 0], [1, 2, 3, 255, 0, 0, 0, 0]],
  ])('reads a PNG file of %s exactly', async (name, channels, bytes, expected) => {
    const path = await store(
      `${name}.png`,
      encode({ width: 2, height: 1, channels, data: Uint8Array.from(bytes) }),
    );
    const { width, height, data } = await readImageFile(path);
    expect([width, height]).toEqual([2, 1]);
    expect([...data]).toEqual(expected);
  });

  it('reads colours that are not premultiplied', async () => {
    const data = Uint8Array.of(255, 0, 255, 128);
    const path = await store('alpha.png', encode({ width: 1, height: 1, channels: 4, data }));
    expect([...(await readImageFile(path)).data]).toEqual([255, 0, 255, 128]);
  });

  it('keeps rows and columns apart', async () => {
    const data = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const path = await store('rows.png', encode({ width: 3, height: 2, channels: 1, data }));
    const pixels = await readImageFile(path);
    expect([pixels.width, pixels.height]).toEqual([3, 2]);
    expect([...pixels.data.filter((_, at) => at % 4 === 0)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each(['jpeg', 'webp', 'avif'] as const)('reads %s', async (format) => {
    const path = await store(`orange.${format}`, await orange().encode(format as 'jpeg'));
    const { width, height, data } = await readImageFile(path);
    expect([width, height, data.length]).toEqual([16, 8, 512]);
    const middle = [...data.subarray(4 * (4 * 16 + 8), 4 * (4 * 16 + 9))];
    [255, 128, 64, 255].forEach((byte, at) => {
      expect(Math.abs(middle[at]! - byte)).toBeLessThan(8);
    });
  });

  it('reads SVG', async () => {
    const path = await store(
      'red.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"><rect width="1" height="1" fill="#ff0000"/></svg>',
    );
    expect([...(await readImageFile(path)).data]).toEqual([255, 0, 0, 255, 0, 0, 0, 0]);
  });

  it('goes by the content, not by the name', async () => {
    const path = await store(
      'no-extension',
      encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) }),
    );
    expect([...(await readImageFile(path)).data]).toEqual([7, 7, 7, 255]);
  });

  it('says which file is not there', async () => {
    const path = join(folder, 'missing.png');
    const reading = readImageFile(path);
    await expect(reading).rejects.toThrow(
      `path: expected an image file that can be read, got "${path}" (ENOENT)`,
    );
    await expect(reading).rejects.toMatchObject({ cause: { code: 'ENOENT' } });
  });

  it('refuses a folder', async () => {
    await expect(readImageFile(folder)).rejects.toThrow(
      `path: expected an image file that can be read, got "${folder}" (EISDIR)`,
    );
  });

  it.each([undefined, null, 3])('refuses %s as a path', async (path) => {
    await expect(readImageFile(path as never)).rejects.toThrow(
      `path: expected an image file that can be read, got ${path} (ERR_INVALID_ARG_TYPE)`,
    );
  });

  it.each<[string, Uint8Array | string]>([
    ['text', 'no image'],
    ['nothing', ''],
    ['a path', '/etc/hostname'],
  ])('refuses a file of %s', async (name, content) => {
    const path = await store(`${name}.png`, content);
    await expect(readImageFile(path)).rejects.toThrow(
      `path: expected an image file, got "${path}", which cannot be decoded`,
    );
  });

  it('refuses a file that has been cut off', async () => {
    const file = orange().toBuffer('image/png');
    const path = await store('half.png', file.subarray(0, file.length / 2));
    await expect(readImageFile(path)).rejects.toThrow(
      `path: expected a whole image file, got "${path}", which has been cut off`,
    );
  });

  it('refuses an image without pixels', async () => {
    const path = await store('empty.svg', '<svg xmlns="http://www.w3.org/2000/svg"></svg>');
    await expect(readImageFile(path)).rejects.toThrow(
      `path: expected an image file of at least 1 × 1 pixels, got "${path}"`,
    );
  });

  it('reads PNG where there is no decoder, and says what to install for others', async () => {
    const png = encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) });
    const path = await store('decoder.png', png);
    const gif = await store('decoder.gif', Buffer.from('GIF89a;'));
    // Of a colour type that there is none of, with the check sum put right.
    const strange = Buffer.from(png);
    strange[25] = 1;
    strange.writeUInt32BE(crc32(strange.subarray(12, 29)), 29);
    const unheardOf = await store('unheardOf.png', strange);
    vi.resetModules();
    vi.doMock('@napi-rs/canvas', () => {
      throw new Error('not installed');
    });
    const { readImageFile: readWithoutDecoder } = await import('../../src/node/readImageFile');
    expect(await readWithoutDecoder(path)).toEqual({
      width: 1,
      height: 1,
      data: Uint8ClampedArray.of(7, 7, 7, 255),
    });
    await expect(readWithoutDecoder(gif)).rejects.toThrow(
      'readImageFile: expected @napi-rs/canvas to decode anything but PNG with, got none; run: npm install @napi-rs/canvas',
    );
    await expect(readWithoutDecoder(unheardOf)).rejects.toThrow(
      `path: expected an image file, got "${unheardOf}", which cannot be decoded`,
    );
  });
});
