import { createCanvas } from '@napi-rs/canvas';
import { createFigure } from 'layerscope';
import { renderRgba } from 'layerscope/rgba';
import { colorAsStrings, measureGrid, paintStrings, parseHex } from './d3.js';
import { computeFeatureMaps } from './network.js';

const COLUMNS = 8;

/** From activations to coloured maps, and on to pixels. */
export async function createFigureGroups(activations) {
  const groups = [
    createRgbaGroup(activations),
    createColoringGroup('the article’s 48 maps', activations, 100),
  ];
  for (const size of [112, 224]) {
    groups.push(createColoringGroup(`${size}² × 64`, [await computeFeatureMaps(size, 64)], 15));
  }
  return groups;
}

function createRgbaGroup(activations) {
  return {
    title: 'Figure and RGBA of the article’s 48 maps, a pixel a value',
    reference: 'layerscope, createFigure and renderRgba',
    rounds: 60,
    contestants: {
      'layerscope, createFigure and renderRgba': {
        run: () => activations.map((activation) => renderRgba(createFigure(activation))),
        values: (images) => images.map(({ data }) => data),
      },
      'd3 string a value, parsed into RGBA': {
        run: () => activations.map(parseIntoRgba),
        values: (pixels) => pixels,
      },
      'd3 string a value, fillRect on @napi-rs/canvas': {
        run: () => activations.map(fillRectangles),
        values: (canvases) =>
          canvases.map(
            (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data,
          ),
      },
    },
  };
}

function createColoringGroup(maps, activations, rounds) {
  return {
    title: `Scaling and colouring, ${maps}`,
    reference: 'layerscope, createFigure',
    rounds,
    valuesACall: activations.reduce((sum, { data }) => sum + data.length, 0),
    contestants: {
      'layerscope, createFigure': {
        run: () => activations.map((activation) => createFigure(activation)),
        values: (figures) =>
          figures.flatMap(({ tiles, colormap }) => tiles.map((tile) => lookUp(tile, colormap))),
      },
      'd3 string a value': {
        run: () => activations.map(colorAsStrings),
        values: (layers) => layers.flatMap((tiles) => tiles.map(({ colors }) => colors.flatMap(parseHex))),
      },
    },
  };
}

function lookUp({ indices }, { rgba }) {
  return Array.from(indices).flatMap((index) => [...rgba.subarray(index * 4, index * 4 + 3)]);
}

function parseIntoRgba(activation) {
  const maps = colorAsStrings(activation);
  const { width, height } = measureGrid(maps, COLUMNS);
  const pixels = new Uint8ClampedArray(width * height * 4);
  paintStrings(maps, COLUMNS, (x, y, color) => {
    const at = (y * width + x) * 4;
    const number = Number.parseInt(color.slice(1), 16);
    pixels[at] = number >> 16;
    pixels[at + 1] = (number >> 8) & 255;
    pixels[at + 2] = number & 255;
    pixels[at + 3] = 255;
  });
  return pixels;
}

/** Draws the maps of an activation as d3's colours are mostly used: a filled square a value. */
export function fillRectangles(activation) {
  const maps = colorAsStrings(activation);
  const { width, height } = measureGrid(maps, COLUMNS);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  paintStrings(maps, COLUMNS, (x, y, color) => {
    context.fillStyle = color;
    context.fillRect(x, y, 1, 1);
  });
  return canvas;
}
