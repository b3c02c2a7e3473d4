import { describeValue } from '../common/errors';
import type { Activation, Figure } from '../common/types';

/** What a file holds. */
export interface ExportedItems {
  readonly activations: readonly Activation[];
  readonly figures: readonly Figure[];
}

/**
 * Sorts activations and figures.
 *
 * @throws TypeError if something is neither.
 */
export function sortItems(items: readonly (Activation | Figure)[]): ExportedItems {
  if (!Array.isArray(items)) {
    throw new TypeError(`items: expected an array of activations and figures, got ${describeValue(items)}`);
  }
  const isActivation = (item: Partial<Activation>) =>
    item?.data instanceof Float32Array && Array.isArray(item.shape);
  const isFigure = (item: Partial<Figure>) =>
    Array.isArray(item?.tiles) && item.colormap?.rgba instanceof Uint8Array;
  const odd = items.findIndex((item) => !isActivation(item) && !isFigure(item));
  if (odd >= 0) {
    throw new TypeError(
      `items[${odd}]: expected an activation or a figure, got ${describeValue(items[odd])}`,
    );
  }
  return { activations: items.filter(isActivation), figures: items.filter(isFigure) };
}
