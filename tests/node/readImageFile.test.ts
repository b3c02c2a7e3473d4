import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCanvas } from '@napi-rs/canvas';
import { encode } from 'fast-png';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { crc32 } from '../../src/common/crc32';
import type { EncodedImage } from '../../src/image/files/EncodedImage';
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
    ['RGBA', 4, [1, 2, 3, 255, 255, 51, 0, 0], [1, 2, 3, 255, 255, 51, 0, 0]],
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
      new TypeError(`path: expected the path, the URL, the bytes or the Blob of an image file, got ${path}`),
    );
  });

  it.each<[string, Uint8Array | string, string]>([
    ['text', 'no image', 'which is none of these'],
    ['nothing', '', 'which is empty'],
    ['a path', '/etc/hostname', 'which is none of these'],
    [
      'a pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
      'which is a pointer of Git LFS; run: git lfs pull',
    ],
    ['a page', '<!doctype html><title>404</title>', 'which is an HTML page'],
    ['a document', '%PDF-1.7', 'which is a PDF file'],
    ['an archive', 'PK\u0003\u0004', 'which is a ZIP file'],
    ['a photo', '\0\0\0\u0018ftypheic', 'which is a HEIC file'],
  ])('refuses a file of %s', async (name, content, what) => {
    const path = await store(`${name}.png`, content);
    await expect(readImageFile(path)).rejects.toThrow(
      `path: expected an image file (PNG, JPEG, GIF, WebP, BMP, AVIF or SVG), got "${path}", ${what}`,
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
      `path: expected an image file of at least 1 × 1 pixels, got "${path}" of NaN × NaN`,
    );
  });

  it('reads PNG where there is no decoder, and says what to install for others', async () => {
    const png = encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) });
    const path = await store('decoder.png', png);
    const gif = await store(
      'decoder.gif',
      Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64'),
    );
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
      `path: expected @napi-rs/canvas to decode anything but PNG with, got none for "${gif}"; run: npm install @napi-rs/canvas`,
    );
    await expect(readWithoutDecoder(unheardOf)).rejects.toThrow(
      `path: expected a whole image file, got "${unheardOf}", whose header says colour type 1 of 8 bits, which there is not`,
    );
  });

  const grey = encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) });

  it('takes a file: URL, as text too', async () => {
    const path = await store('a name.png', grey);
    const url = pathToFileURL(path);
    for (const source of [url, url.href])
      expect([...(await readImageFile(source)).data]).toEqual([7, 7, 7, 255]);
  });

  it.each(['https://example.org/a.png', 'data:image/png;base64,AAAA', new URL('http://example.org/a.png')])(
    'says what to do with the address %s',
    async (source) => {
      await expect(readImageFile(source)).rejects.toThrow(
        new TypeError(
          `path: expected a path or a file: URL, got ${JSON.stringify(String(source))}, which is another address; fetch it and pass its bytes`,
        ),
      );
    },
  );

  it.each<[string, EncodedImage]>([
    ['a Uint8Array', grey],
    ['a part of other memory', Uint8Array.of(1, 2, ...grey).subarray(2)],
    ['a Buffer', Buffer.from(grey)],
    ['an ArrayBuffer', Uint8Array.from(grey).buffer],
    ['a Blob', new Blob([Uint8Array.from(grey)])],
    ['a File', new File([Uint8Array.from(grey)], 'a.png')],
  ])('takes %s', async (_, source) => {
    expect(await readImageFile(source)).toEqual({
      width: 1,
      height: 1,
      data: Uint8ClampedArray.of(7, 7, 7, 255),
    });
  });

  it('refuses bytes that are no image file without printing them', async () => {
    await expect(readImageFile(Buffer.from('some words '.repeat(10_000)))).rejects.toThrow(
      new TypeError(
        'path: expected the bytes of an image file (PNG, JPEG, GIF, WebP, BMP, AVIF or SVG), got a Buffer of 110000 bytes, which is none of these; pass pixels as { width, height, data }',
      ),
    );
  });

  it.runIf(process.platform === 'linux')('opens no device and no pipe', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of ['/dev/zero', pipe]) {
      await expect(readImageFile(path)).rejects.toThrow(
        `path: expected an image file, got "${path}", which is a device or a pipe`,
      );
    }
  });

  it('reads as many pixels as the caller allows, and no larger file than they can be', async () => {
    const path = await store(
      'four.png',
      encode({ width: 2, height: 2, channels: 1, data: new Uint8Array(4) }),
    );
    expect((await readImageFile(path, { maxPixels: 4 })).width).toBe(2);
    await expect(readImageFile(path, { maxPixels: 3 })).rejects.toThrow(
      new RangeError(
        `path: expected at most 3 pixels, got "${path}" of 2 × 2; pass a larger maxPixels if it is to be read`,
      ),
    );
    await truncate(path, 2 ** 24 + 17);
    await expect(readImageFile(path, { maxPixels: 2 })).rejects.toThrow(
      new RangeError(`path: expected an image file of at most 16777232 bytes, got "${path}" of 16777233`),
    );
  });

  it.each([0, 1.5, '9', 2 ** 28 + 1, Number.NaN])('refuses %j as maxPixels', async (maxPixels) => {
    await expect(readImageFile(grey, { maxPixels: maxPixels as number })).rejects.toThrow(
      /^maxPixels: expected a whole number from 1 to 268435456, got /,
    );
  });

  it('shows the beginning and the end of a long path', async () => {
    const path = join(folder, 'a'.repeat(5000), 'last.png');
    const reading = readImageFile(path);
    await expect(reading).rejects.toThrow(
      `path: expected an image file that can be read, got "${path.slice(0, 50)}…${path.slice(-49)}" (ENAMETOOLONG)`,
    );
  });
});
