import { createCanvas } from '@napi-rs/canvas';
import { convertIndexedToRgb, decode, encode } from 'fast-png';
import { createFigure } from 'layerscope';
import { renderPng } from 'layerscope/png';
import { renderRgba } from 'layerscope/rgba';
import { computeFeatureMaps } from './network.js';

/** PNG files of one figure. */
export async function createPngGroups(activations) {
  return [
    // 8 maps of 34 values and 7 gaps of one are 279 cells a side: at 3 pixels each, 837.
    createGroup(createFigure(await computeFeatureMaps(34, 64)), 3, 30),
    createGroup(createFigure(activations[0], { columns: 4 }), 8, 15),
    createGroup(createFigure(activations[0], { columns: 4 }), 1, 60),
  ];
}

function createGroup(figure, pixelSize, rounds) {
  const options = { pixelSize, background: 'white' };
  const image = renderRgba(figure, options);
  const canvas = paint(image);
  const values = (file) => [toRgba(decode(file))];
  const bytes = (file) => file.length;
  const contestant = (run) => ({ run, values, bytes });
  return {
    title: `PNG, ${image.width} × ${image.height}`,
    note: 'From the figure to the file; the last two rows leave out the pixels, which renderPng has to make.',
    reference: 'layerscope, renderPng',
    rounds,
    contestants: {
      'layerscope, renderPng': contestant(() => renderPng(figure, options)),
      'renderRgba, fast-png': contestant(() => encodeByFastPng(renderRgba(figure, options))),
      'renderRgba, fast-png at level 1': contestant(() => encodeByFastPng(renderRgba(figure, options), 1)),
      'renderRgba, @napi-rs/canvas': contestant(() =>
        paint(renderRgba(figure, options)).toBuffer('image/png'),
      ),
      'fast-png of ready pixels': contestant(() => encodeByFastPng(image)),
      '@napi-rs/canvas of a ready canvas': contestant(() => canvas.toBuffer('image/png')),
    },
  };
}

function encodeByFastPng(image, level) {
  return encode({ ...image, channels: 4, depth: 8 }, level && { zlib: { level } });
}

function paint({ width, height, data }) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const pixels = context.createImageData(width, height);
  pixels.data.set(data);
  context.putImageData(pixels, 0, 0);
  return canvas;
}

/** The RGBA bytes of a decoded PNG, whichever way it stores its colours. */
export function toRgba(png) {
  const { data, channels } = png.palette
    ? { data: convertIndexedToRgb(png), channels: png.palette[0].length }
    : png;
  if (channels === 4) return data;
  const rgba = new Uint8Array((data.length / 3) * 4).fill(255);
  for (let pixel = 0; pixel * 3 < data.length; pixel++) {
    rgba.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  }
  return rgba;
}
