import type { Activation, Figure } from '../../src/common/types';
import { createColormap } from '../../src/figure/color/createColormap';
import { createFigure } from '../../src/figure/createFigure';

/** Values of a map that uses many colours: a slanted wave with a peak, different for every channel. */
function waves(height: number, width: number, channels: number): Activation {
  const data = Float32Array.from({ length: height * width * channels }, (_, at) => {
    const channel = at % channels;
    const [x, y] = [Math.floor(at / channels) % width, Math.floor(at / channels / width)];
    return Math.sin(x * 0.4 + channel) * Math.cos(y * 0.3 - channel) + x * 0.01;
  });
  return { layerName: 'conv1', className: 'Conv2D', shape: [1, height, width, channels], data };
}

function withValues(
  values: number[],
  height: number,
  width: number,
  channels: number,
  layerName = 'conv1',
): Activation {
  return {
    layerName,
    className: 'Conv2D',
    shape: [1, height, width, channels],
    data: Float32Array.from(values),
  };
}

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

/** Some of the tiles in colours of their own: red grows to the right, blue downwards, green from tile to tile. */
function withColors(figure: Figure, isColored: (index: number) => boolean): Figure {
  return {
    ...figure,
    tiles: figure.tiles.map((tile, index) => {
      if (!isColored(index)) return tile;
      const rgb = Uint8Array.from({ length: tile.indices.length * 3 }, (_, at) => {
        const [cell, sample] = [Math.floor(at / 3), at % 3];
        const [x, y] = [cell % tile.width, Math.floor(cell / tile.width)];
        return [255 - x * 9, index * 20, y * 9][sample]!;
      });
      return { ...tile, rgb };
    }),
  };
}

/** What every renderer must draw. */
export const figures: Readonly<Record<string, Figure>> = {
  "the article's first layer": createFigure(waves(26, 26, 16)),
  "the article's second layer": createFigure(waves(11, 11, 32)),
  'a last row that is not full': createFigure(waves(3, 5, 11)),
  'a single value': createFigure(withValues([3], 1, 1, 1)),
  'one map, wider than high': createFigure(waves(2, 9, 1)),
  'constant maps': createFigure(withValues([5, 0, 5, 0], 1, 2, 2)),
  'missing values': createFigure(
    withValues([nan, 1, 0, 2, infinity, 3, 4, nan, 2, 5, -infinity, 6], 2, 3, 2),
  ),
  'nothing but missing values': createFigure(withValues([nan, nan, nan, nan], 2, 2, 1)),
  'no gap': createFigure(waves(4, 4, 6), { gap: 0, columns: 3 }),
  'a wide gap': createFigure(waves(4, 4, 6), { gap: 5, columns: 2 }),
  'a colour map of 256 colours': createFigure(waves(26, 26, 16), {
    colormap: createColormap('ramp', (t) => `rgb(${t * 255}, ${255 - t * 255}, 7)`),
  }),
  'colours of their own': withColors(createFigure(waves(5, 7, 6), { columns: 4 }), () => true),
  'more than 256 colours of their own': withColors(createFigure(waves(26, 26, 9)), () => true),
  'colours of their own beside those of the palette, and missing values': withColors(
    createFigure(withValues([nan, 1, 0, 2, infinity, 3, 4, nan, 2, 5, -infinity, 6], 2, 3, 2)),
    (index) => index === 1,
  ),
  'a hostile name': createFigure(
    withValues([0, 1], 1, 2, 1, `<script>alert(1)</script> "onload=x ' & ]]> \u0000\u001b[2J \ud800`),
  ),
  'a long name': createFigure(withValues([0, 1], 1, 2, 1, 'a_very_long_layer_name/'.repeat(8))),
};
