import { requireBoolean } from '../common/errors';
import type { Figure, Tile } from '../common/types';
import type { KernelWeights } from '../model/selection/ConvolutionKernel';
import { diverging } from './color/diverging';
import { colorKernels } from './colorKernels';
import { createFigure, type FigureOptions } from './createFigure';
import type { KernelFigureOptions } from './KernelFigureOptions';

/**
 * Lays out the weights of a convolution, 0 in the middle of the colours and the range as far to both sides.
 *
 * - Windows of more than one weight: a map for each pair of an input and an output, a row an input, a column an output.
 * - Windows of 1 × 1: one matrix, a row an input, a column an output; where there is but one of either, and of a depthwise
 *   convolution, a vector. With `columns`, `gap` or `channels` they are maps as the others are.
 * - With `rgb`, a colour picture for each output.
 *
 * @throws TypeError or RangeError naming the option that is wrong.
 */
export function createKernelFigure(kernel: KernelWeights, options: KernelFigureOptions = {}): Figure {
  const { rgb = false, ...rest } = options;
  requireBoolean('rgb', rgb);
  const reach = findReach(kernel);
  if (rgb) return colorKernels(kernel, reach, rest);

  const { layer, shortName = layer, kind, shape, weights } = kernel;
  const [height, width, rows, perRow] = shape;
  const { scaling = [-reach, reach], colormap = diverging, columns, gap, channels } = rest;
  const colors = { scaling, colormap };
  const isPlain = [columns, gap, channels].every((option) => option === undefined);
  if (height * width === 1 && isPlain) return drawMatrix(kernel, { ...colors, title: rest.title });

  const { title = `Kernels: ${shortName}` } = rest;
  const figure = createFigure(
    // The last two axes are the maps: row by row, as they lie in memory.
    { layerName: layer, className: 'Kernel', shape: [1, height, width, rows * perRow], data: weights },
    // A depthwise convolution mostly has one output for each input, which would make a tower.
    { ...colors, title, columns: columns ?? (perRow > 1 ? perRow : undefined), gap, channels },
  );
  const nameOf = ({ channel }: Tile) => {
    const [row, place] = [Math.floor(channel / perRow), channel % perRow];
    if (kind === 'transposed') return `input ${place}, output ${row}`;
    return `input ${row}, output ${kind === 'depthwise' ? channel : place}`;
  };
  return { ...figure, tiles: figure.tiles.map((tile) => ({ ...tile, label: nameOf(tile) })) };
}

/** The largest distance of a finite weight from 0; 1 if all are 0. */
function findReach({ weights }: KernelWeights): number {
  return (
    weights.reduce((most, value) => Math.max(most, Number.isFinite(value) ? Math.abs(value) : 0), 0) || 1
  );
}

/** Draws windows of one weight as one map. */
function drawMatrix(
  { layer, shortName = layer, kind, shape, weights }: KernelWeights,
  options: FigureOptions,
): Figure {
  const [, , rows, columns] = shape;
  const isVector = kind === 'depthwise' || rows === 1 || columns === 1;
  const label = describeSizes(kind, rows, columns);
  const figure = createFigure(
    {
      layerName: layer,
      className: 'Kernel',
      shape: isVector ? [1, rows * columns] : [1, rows, columns, 1],
      data: weights,
    },
    options,
  );
  const [tile] = figure.tiles as [Tile];
  const note = isVector && tile.height > 1 ? ` (in rows of ${tile.width})` : '';
  const { title = `Kernels: ${shortName}, ${label}${note}` } = options;
  return { ...figure, title, tiles: [{ ...tile, label }] };
}

function describeSizes(kind: KernelWeights['kind'], rows: number, columns: number): string {
  const count = (size: number, what: string) => `${size} ${what}${size === 1 ? '' : 's'}`;
  switch (kind) {
    case 'transposed':
      return `${count(rows, 'output')} × ${count(columns, 'input')}`;
    case 'depthwise':
      return `${count(rows, 'input')}${columns > 1 ? ` × ${columns} outputs each` : ''}`;
    default:
      return `${count(rows, 'input')} × ${count(columns, 'output')}`;
  }
}
