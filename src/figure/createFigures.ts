import { describeValue } from '../common/errors';
import type { Activation, Figure } from '../common/types';
import { createFigure } from './createFigure';
import type { FigureOptions } from './FigureOptions';
import { shareScale } from './shareScale';

export interface CreateFiguresOptions extends Omit<FigureOptions, 'image'> {
  /**
   * Which image of the batch to draw, from 0, or `'all'`: a figure for each.
   * @defaultValue 0
   */
  image?: number | 'all' | undefined;
}

/** A figure of one layer for one image. */
interface ImageFigure {
  readonly activation: Activation;
  readonly image: number;
  readonly figure: Figure;
}

/**
 * Makes the figures of several layers, which may share a scale: layer by layer, and for each image by image.
 *
 * @param labels What the titles say of each image. By default those of several are numbered, unless a title is given.
 */
export function createFigures(
  activations: readonly Activation[],
  options: CreateFiguresOptions,
  labels?: readonly string[],
): ImageFigure[] {
  const { image = 0, ...rest } = options;
  if (typeof image === 'string' && image !== 'all') {
    throw new RangeError(`image: expected a whole number or 'all', got ${describeValue(image)}`);
  }
  const scaling = rest.scaling === undefined ? undefined : shareScale(activations, rest.scaling, rest);
  return activations.flatMap((activation) => {
    const images = image === 'all' ? [...Array(activation.shape[0]).keys()] : [image];
    return images.map((index): ImageFigure => {
      const figure = createFigure(activation, { ...rest, scaling, image: index });
      const number = images.length > 1 && rest.title === undefined ? `image ${index}` : undefined;
      const label = labels?.[index] ?? number;
      const title = label === undefined ? figure.title : `${figure.title}, ${label}`;
      return { activation, image: index, figure: { ...figure, title } };
    });
  });
}
