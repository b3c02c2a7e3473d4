import { viridis } from '../color/viridis';
import { requireString, requireWholeNumber } from '../errors';
import type { Activation, Figure } from '../types';
import { drawMaps } from './drawMaps';
import type { FigureOptions, PlainFigureOptions } from './FigureOptions';
import { measureMaps } from './measureMaps';
import { requireActivation, requireChannels, requireColormap, requireImage } from './requireFigureInput';
import { isPlainScaling, joinRanges, requireRange, type Scaling } from './scaling';
import { titleOf } from './titleOf';

/** What takes more than {@link createPlainFigure} to draw. */
const SPECIAL: readonly (keyof FigureOptions)[] = [
  'slice',
  'vectors',
  'missingColor',
  'belowColor',
  'aboveColor',
  'deadColor',
  'sort',
  'distanceTo',
  'first',
  'markDead',
];

/** Whether a figure is one of images, with plain options: the most common kind, which takes the least code. */
export function isPlain(activation: Activation, options: FigureOptions): boolean {
  const { scaling = 'map' } = options;
  return (
    activation.shape.length === 4 &&
    isPlainScaling(scaling) &&
    SPECIAL.every((name) => options[name] === undefined)
  );
}

/** Does what `createFigure` does where {@link isPlain} says that this is enough. */
export function createPlainFigure(activation: Activation, options: PlainFigureOptions): Figure {
  requireActivation(activation);
  const [batch, height, width, count] = activation.shape as [number, number, number, number];
  const {
    columns = 8,
    gap = 1,
    image = 0,
    scaling = 'map' as Scaling,
    channels = Array.from({ length: count }, (_, channel) => channel),
    colormap = viridis,
  } = options;
  requireWholeNumber('columns', columns, 1);
  requireWholeNumber('gap', gap, 0);
  requireImage(image, batch);
  if (Array.isArray(scaling)) requireRange('scaling', scaling);
  requireChannels('channels', channels, count);
  requireColormap(colormap);
  const { title = titleOf(activation, channels.length, count) } = options;
  requireString('title', title);

  const size = height * width * count;
  const values = activation.data.subarray(image * size, (image + 1) * size);
  const ranges = measureMaps(values, count);
  const range = Array.isArray(scaling) ? ([scaling[0], scaling[1]] as const) : undefined;
  const domain = scaling === 'layer' ? joinRanges(ranges) : range;
  return drawMaps(
    { width, height, count, values },
    { title, channels, columns, gap, colormap, ranges, domain },
  );
}
