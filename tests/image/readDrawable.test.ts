import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DrawableImage } from '../../src/image/ImageInput';
import { isDrawable } from '../../src/image/isDrawable';
import { readDrawable } from '../../src/image/readDrawable';

afterEach(() => vi.unstubAllGlobals());

/** A canvas of a red pixel and a transparent one. */
function redAndNothing() {
  const canvas = createCanvas(2, 1);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ff0000';
  context.fillRect(0, 0, 1, 1);
  return canvas;
}

/** A page's `document` whose canvases are those of Node. */
function stubDocument() {
  const createElement = vi.fn((_name: string) => createCanvas(300, 150));
  vi.stubGlobal('document', { createElement });
  return createElement;
}

/** A page's canvas that records what is asked of it. */
function stubRecordingCanvas(getImageData: (x: number, y: number, width: number, height: number) => unknown) {
  const drawImage = vi.fn();
  const canvas = { width: 0, height: 0, getContext: () => ({ drawImage, getImageData }) };
  vi.stubGlobal('document', { createElement: () => canvas });
  return { canvas, drawImage };
}

describe('isDrawable', () => {
  it.each<[string, object]>([
    ['a canvas', createCanvas(1, 1)],
    ['an image', { naturalWidth: 20, naturalHeight: 10, width: 5, height: 5 }],
    ['an image that has not been loaded', { naturalWidth: 0, naturalHeight: 0, width: 0, height: 0 }],
    ['a video', { videoWidth: 640, videoHeight: 480, width: 0, height: 0 }],
    ['an ImageBitmap', { width: 2, height: 2, close() {} }],
  ])('knows %s', (_, img) => {
    expect(isDrawable(img)).toBe(true);
  });

  it.each<[string, object]>([
    ['pixels', { width: 1, height: 1, data: new Uint8ClampedArray(4) }],
    ['a shaped array', { data: new Float32Array(1), shape: [1, 1] }],
    ['an empty object', {}],
    ['a file', { close() {} }],
    ['a size', { width: 1, height: 1 }],
  ])('does not take %s for one', (_, img) => {
    expect(isDrawable(img)).toBe(false);
  });
});

describe('readDrawable', () => {
  it('reads a canvas made for Node', () => {
    const { width, height, data } = readDrawable(redAndNothing());
    expect([width, height]).toEqual([2, 1]);
    expect([...data]).toEqual([255, 0, 0, 255, 0, 0, 0, 0]);
  });

  it('leaves the canvas as it was', () => {
    const canvas = redAndNothing();
    readDrawable(canvas).data.fill(9);
    expect([...canvas.getContext('2d').getImageData(0, 0, 2, 1).data]).toEqual([255, 0, 0, 255, 0, 0, 0, 0]);
  });

  it("draws an image on the page's canvas", async () => {
    const createElement = stubDocument();
    const image = await loadImage(redAndNothing().toBuffer('image/png'));
    const { width, height, data } = readDrawable(image as unknown as DrawableImage);
    expect(createElement).toHaveBeenCalledWith('canvas');
    expect([width, height]).toEqual([2, 1]);
    expect([...data]).toEqual([255, 0, 0, 255, 0, 0, 0, 0]);
  });

  it("draws on a worker's canvas", async () => {
    vi.stubGlobal('OffscreenCanvas', function OffscreenCanvas(width: number, height: number) {
      return createCanvas(width, height);
    });
    const image = await loadImage(redAndNothing().toBuffer('image/png'));
    expect([...readDrawable(image as unknown as DrawableImage).data]).toEqual([255, 0, 0, 255, 0, 0, 0, 0]);
  });

  it.each<[string, DrawableImage, [number, number]]>([
    [
      'an image in its own size, not in the one it is shown in',
      { naturalWidth: 20, naturalHeight: 10, width: 5, height: 6 } as DrawableImage,
      [20, 10],
    ],
    [
      'a video in its own size, not in the one it is shown in',
      { videoWidth: 64, videoHeight: 48, width: 0, height: 0 } as DrawableImage,
      [64, 48],
    ],
    ['an ImageBitmap', { width: 7, height: 3, close() {} } as DrawableImage, [7, 3]],
  ])('reads %s', (_, img, [width, height]) => {
    const data = new Uint8ClampedArray(width * height * 4);
    const getImageData = vi.fn(() => ({ data }));
    const { canvas, drawImage } = stubRecordingCanvas(getImageData);
    const pixels = readDrawable(img);
    expect([pixels.width, pixels.height]).toEqual([width, height]);
    expect(pixels.data).toBe(data);
    expect([canvas.width, canvas.height]).toEqual([width, height]);
    expect(drawImage).toHaveBeenCalledWith(img, 0, 0);
    expect(getImageData).toHaveBeenCalledWith(0, 0, width, height);
  });

  it.each([
    [{ naturalWidth: 0, naturalHeight: 0, width: 20, height: 10 }, '0 × 0'],
    [{ videoWidth: 0, videoHeight: 0, width: 640, height: 480 }, '0 × 0'],
    [{ width: 0, height: 0, close() {} }, '0 × 0'],
    [{ getContext() {}, width: 0, height: 5 }, '0 × 5'],
    [{ getContext() {} }, 'undefined × undefined'],
  ])('refuses what has no pixels, %#', (img, got) => {
    stubDocument();
    expect(() => readDrawable(img as unknown as DrawableImage)).toThrow(
      new RangeError(`img: expected something loaded, at least 1 × 1 pixels, got ${got}`),
    );
  });

  it('refuses a hundred megapixels before it asks for a canvas of that size', () => {
    const create = vi.fn();
    vi.stubGlobal('document', { createElement: create });
    const img = { naturalWidth: 10_000, naturalHeight: 10_000 } as unknown as DrawableImage;
    expect(() => readDrawable(img)).toThrow(
      new RangeError(
        'img: expected at most 33554432 pixels, got 10000 × 10000; draw it on a smaller canvas first',
      ),
    );
    expect(create).not.toHaveBeenCalled();
  });

  it('says so where the page may not read the image', () => {
    const cause = new Error('The canvas has been tainted by cross-origin data.');
    stubRecordingCanvas(() => {
      throw cause;
    });
    const read = () => readDrawable({ naturalWidth: 2, naturalHeight: 2 } as unknown as DrawableImage);
    expect(read).toThrow(
      new Error('img: expected an image that the page may read, got one from another origin', { cause }),
    );
  });

  it('says so where there is no canvas to draw with', () => {
    const img = { naturalWidth: 2, naturalHeight: 2 } as unknown as DrawableImage;
    expect(() => readDrawable(img)).toThrow(
      new TypeError(
        'img: expected pixels such as { width, height, data } where there is no canvas to draw with',
      ),
    );
  });

  it('says so where a canvas has no 2D context to give', () => {
    vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) });
    const img = { naturalWidth: 2, naturalHeight: 2 } as unknown as DrawableImage;
    expect(() => readDrawable(img)).toThrow(
      new TypeError('img: expected a canvas with a 2D context, but this one has none to give'),
    );
  });
});
