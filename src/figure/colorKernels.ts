import { describeValue } from '../common/errors';
import { quote } from '../common/quote';
import type { Colormap, Figure, Tile } from '../common/types';
import type { KernelWeights } from '../model/selection/ConvolutionKernel';
import { createFigure } from './createFigure';
import type { KernelFigureOptions } from './KernelFigureOptions';
import { requireScaling } from './requireScaling';
import { joinRanges, type Range, type Scaling } from './scaling';

/** Black to white: index i is (i, i, i), the colour of a weight that all three inputs share. */
const grey: Colormap = {
  name: 'grey',
  rgba: /* @__PURE__ */ Uint8Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 255 : at >> 2)),
};

/**
 * Draws the kernel of each output over three inputs as a picture whose red, green and blue are the weights of the inputs, in
 * their order. A byte is floor(t · 256), and 255 where t is 1, with t from 0 to 1 over the range, as palette indices are; the
 * indices are those of the mean of the three. A cell of which one weight is not finite is missing.
 *
 * @param reach How far the range goes to both sides of 0, unless `scaling` is another range.
 * @throws RangeError if there are not three inputs; TypeError for an option that makes no sense here.
 */
export function colorKernels(
  { layer, shortName = layer, kind, shape, weights }: KernelWeights,
  reach: number,
  options: KernelFigureOptions,
): Figure {
  const { scaling, colormap, columns, channels } = options;
  const [height, width, rows, perRow] = shape;
  // A gap as large as the only cell of each would be half of the picture.
  const { title = `Kernels: ${shortName} (red, green, blue)`, gap = height * width === 1 ? 0 : 1 } = options;
  const isTransposed = kind === 'transposed';
  const [inputs, outputs] = isTransposed ? [perRow, rows] : [rows, perRow];
  if (kind === 'depthwise' || inputs !== 3) {
    const got = kind === 'depthwise' ? 'a depthwise one, of 1 input each' : String(inputs);
    throw new RangeError(`rgb: expected a convolution of 3 inputs, got ${got}, of ${quote(layer)}`);
  }
  const range = scaling === undefined ? ([-reach, reach] as const) : readRange(scaling);
  if (colormap !== undefined) {
    throw new TypeError(`colormap: expected none beside rgb, got ${describeValue(colormap)}`);
  }
  const placeOf = (input: number, output: number) =>
    isTransposed ? output * inputs + input : input * outputs + output;
  const named = { layerName: layer, className: 'Kernel' };
  const planes = createFigure(
    { ...named, shape: [1, height, width, rows * perRow], data: weights },
    { scaling: range },
  ).tiles;

  const means = Float32Array.from({ length: height * width * outputs }, (_, at) => {
    const [window, output] = [Math.floor(at / outputs) * rows * perRow, at % outputs];
    const sum = [0, 1, 2].reduce((part, input) => part + weights[window + placeOf(input, output)]!, 0);
    return sum / 3;
  });
  const figure = createFigure(
    { ...named, shape: [1, height, width, outputs], data: means },
    { title, columns, gap, channels, scaling: range, colormap: grey },
  );
  return {
    ...figure,
    tiles: figure.tiles.map((tile): Tile => {
      const colors = [0, 1, 2].map((input) => planes[placeOf(input, tile.channel)]!);
      const [min, max] = joinRanges(colors);
      const rgb = Uint8Array.from(
        { length: tile.indices.length * 3 },
        (_, at) => colors[at % 3]!.indices[Math.floor(at / 3)]!,
      );
      return { ...tile, min, max, label: `output ${tile.channel}`, rgb };
    }),
  };
}

/** The fixed range of a scaling: the three colours of a picture, and all pictures, share it. */
function readRange(scaling: Scaling): Range {
  requireScaling(scaling);
  if (typeof scaling !== 'string') {
    const { range, log } = 'length' in scaling ? { range: scaling } : scaling;
    if (range && !log) return range;
  }
  throw new TypeError(
    `scaling: expected a range [lowest, highest] beside rgb, got ${describeValue(scaling)}`,
  );
}
