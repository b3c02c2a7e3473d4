import { describe, expect, it } from 'vitest';
import { readImage } from '../../src/image/readImage';

/** 3 × 2 opaque pixels, each of another colour. */
const rgb = [
  [10, 20, 30],
  [40, 50, 60],
  [70, 80, 90],
  [100, 110, 120],
  [130, 140, 150],
  [255, 0, 255],
];
const pixels = new ImageData(Uint8ClampedArray.from(rgb.flatMap((color) => [...color, 255])), 3, 2);
const expected = rgb.flatMap((color) => [...color, 255].map((byte) => Math.fround(byte / 255)));

function canvasOf(image: ImageData): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  return canvas;
}

async function imageOf(source: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = source;
  await image.decode();
  return image;
}

async function fileOf(type: string): Promise<Blob> {
  return new Promise((resolve) => canvasOf(pixels).toBlob((blob) => resolve(blob!), type));
}

describe('readImage of files in a browser', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a Blob', () => fileOf('image/png')],
    ['a File', async () => new File([await fileOf('image/png')], 'a.png')],
    ['an ArrayBuffer', async () => (await fileOf('image/png')).arrayBuffer()],
    ['bytes', async () => new Uint8Array(await (await fileOf('image/png')).arrayBuffer())],
  ])('reads %s', async (_, make) => {
    const { width, height, data } = await readImage((await make()) as never);
    expect([width, height]).toEqual([3, 2]);
    expect([...data]).toEqual(expected);
  });

  it('reads JPEG, WebP and SVG', async () => {
    for (const type of ['image/jpeg', 'image/webp']) {
      const { width, height } = await readImage((await fileOf(type)) as never);
      expect([width, height]).toEqual([3, 2]);
    }
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"><rect width="1" height="1" fill="#ff0000"/></svg>';
    const { data } = await readImage(new TextEncoder().encode(svg) as never);
    expect([...data]).toEqual([1, 0, 0, 1, 0, 0, 0, 0]);
  });

  it('refuses what is damaged, too large or no image', async () => {
    const bytes = new Uint8Array(await (await fileOf('image/png')).arrayBuffer());
    await expect(readImage(bytes.subarray(0, 50))).rejects.toThrow(
      'img: expected a whole image file, got a Uint8Array of 50 bytes, which has been cut off',
    );
    await expect(readImage(bytes, undefined, undefined, 5)).rejects.toThrow('img: expected at most 5 pixels');
    await expect(readImage(new Blob(['abc']))).rejects.toThrow(
      'img: expected the bytes of an image file (PNG, JPEG, GIF, WebP, BMP, AVIF or SVG), got a Blob of 3 bytes',
    );
  });
});

describe('readImage in a browser', () => {
  it.each<[string, () => unknown]>([
    ['ImageData', () => pixels],
    ['a canvas', () => canvasOf(pixels)],
    ['an image', () => imageOf(canvasOf(pixels).toDataURL())],
    ['an ImageBitmap', () => createImageBitmap(pixels)],
    [
      'an OffscreenCanvas',
      () => {
        const canvas = new OffscreenCanvas(3, 2);
        canvas.getContext('2d')!.putImageData(pixels, 0, 0);
        return canvas;
      },
    ],
  ])('reads %s', async (_, make) => {
    const image = await readImage((await make()) as never);
    expect(image).toMatchObject({ batch: 1, height: 2, width: 3, channels: 4 });
    expect([...image.data]).toEqual(expected);
  });

  it('reads an image in its own size, not in that of the page', async () => {
    const image = await imageOf(canvasOf(pixels).toDataURL());
    [image.width, image.height] = [300, 200];
    expect(await readImage(image)).toMatchObject({ height: 2, width: 3 });
  });

  it('reads the current frame of a video', async () => {
    const canvas = canvasOf(
      new ImageData(
        Uint8ClampedArray.from({ length: 64 * 48 * 4 }, () => 255),
        64,
        48,
      ),
    );
    const stream = canvas.captureStream(30);
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    const image = await readImage(video as never);
    expect(image).toMatchObject({ height: 48, width: 64, channels: 4 });
    expect(Math.min(...image.data)).toBeGreaterThan(0.95);
    for (const track of stream.getTracks()) track.stop();
  });

  it('refuses what has not been loaded', async () => {
    await expect(readImage(new Image() as never)).rejects.toThrow(
      'img: expected something loaded, at least 1 × 1 pixels, got 0 × 0',
    );
    await expect(readImage(document.createElement('video') as never)).rejects.toThrow('got 0 × 0');
  });

  it('refuses an element that is no picture', async () => {
    await expect(readImage(document.createElement('div') as never)).rejects.toThrow(
      /^img: expected a tensor, .*got a HTMLDivElement/,
    );
  });
});
