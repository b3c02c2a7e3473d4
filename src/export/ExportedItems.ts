import { describeValue } from '../common/errors';
import { requireActivation } from '../common/requireActivation';
import { requireFigure } from '../common/requireFigure';
import type { Activation, Figure } from '../common/types';

/** What a file holds. */
export interface ExportedItems {
  readonly activations: readonly Activation[];
  readonly figures: readonly Figure[];
}

/**
 * Sorts activations and figures.
 *
 * @throws TypeError if something is neither, or a figure that cannot be drawn; RangeError if an activation's data does not fill
 * its shape.
 */
export function sortItems(items: readonly (Activation | Figure)[]): ExportedItems {
  if (!Array.isArray(items)) {
    throw new TypeError(`items: expected an array of activations and figures, got ${describeValue(items)}`);
  }
  const isActivation = (item: Partial<Activation>) =>
    item?.data instanceof Float32Array && Array.isArray(item.shape);
  const isFigure = (item: Partial<Figure>) =>
    Array.isArray(item?.tiles) && item.colormap?.rgba instanceof Uint8Array;
  for (const [index, item] of items.entries()) {
    if (isFigure(item)) requireFigure(item as Figure, `items[${index}]`);
    else if (isActivation(item)) requireActivation(item as Activation, `items[${index}]`);
    else {
      throw new TypeError(`items[${index}]: expected an activation or a figure, got ${describeValue(item)}`);
    }
  }
  return { activations: items.filter(isActivation), figures: items.filter(isFigure) };
}
