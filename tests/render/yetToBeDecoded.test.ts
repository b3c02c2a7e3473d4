import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { fitDigit } from '../../src/data/fitDigit';
import { createFigure } from '../../src/figure/createFigure';
import { readImageFile } from '../../src/node/readImageFile';
import { renderHtml } from '../../src/render/html/renderHtml';
import { renderOverlay } from '../../src/render/overlay/renderOverlay';
import { encodeImage } from '../../src/render/png/encodeImage';

const picture = { width: 2, height: 1, data: Uint8ClampedArray.of(0, 0, 0, 255, 255, 255, 255, 255) };
const file = encodeImage(picture);
const figure = createFigure({
  layerName: 'a',
  className: 'Conv2D',
  shape: [1, 1, 1, 1],
  data: Float32Array.of(1),
});

/** What takes pixels alone, since it returns what it makes rather than a promise. */
const FUNCTIONS: Readonly<Record<string, { expected: string; call: (img: never) => unknown }>> = {
  renderOverlay: {
    expected: 'img: expected { width, height, data } with a typed array',
    call: (img) => renderOverlay(figure, { img }),
  },
  renderHtml: {
    expected: 'img: expected { width, height, data } with a typed array',
    call: (img) => renderHtml([], { img }),
  },
  encodeImage: { expected: 'image: expected { width, height, data }', call: encodeImage },
  fitDigit: {
    expected: 'picture: expected { width, height, data } with 4 bytes a pixel',
    call: fitDigit,
  },
};

describe.each(Object.keys(FUNCTIONS))('%s', (name) => {
  const { expected, call } = FUNCTIONS[name]!;

  it.each<[string, unknown]>([
    ['a Uint8Array', file],
    ['a Buffer', Buffer.from(file)],
    ['a ArrayBuffer', file.slice().buffer],
    ['a Blob', new Blob([file])],
    ['a File', new File([file], 'picture.png')],
  ])('says how to decode %s', (kind, img) => {
    expect(() => call(img as never)).toThrow(
      new TypeError(
        `${expected}, got ${kind}; readImageFile of layerscope/node decodes files to that, on a page getImageData of a canvas`,
      ),
    );
  });

  it('says the same of what can be drawn', () => {
    expect(() => call(createCanvas(2, 1) as never)).toThrow('; readImageFile of layerscope/node decodes');
  });

  it('takes what these make', async () => {
    const context = createCanvas(2, 1).getContext('2d');
    context.fillRect(0, 0, 1, 1);
    for (const img of [await readImageFile(new Blob([file])), context.getImageData(0, 0, 2, 1)]) {
      expect(() => call(img as never)).not.toThrow();
    }
  });
});
