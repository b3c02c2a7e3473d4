import { describeValue } from '../common/errors';
import type { Activation, Figure } from '../common/types';
import { checkActivation, checkFigure } from './checkItems';

/** What a file holds. */
export interface ExportedItems {
  readonly activations: readonly Activation[];
  readonly figures: readonly Figure[];
}

/**
 * Sorts activations and figures, and makes sure that they can be read back.
 *
 * @throws TypeError if something is neither, or a field is of another kind or unknown; RangeError if sizes do not fit.
 */
export function sortItems(items: readonly (Activation | Figure)[]): ExportedItems {
  if (!Array.isArray(items)) {
    throw new TypeError(`items: expected an array of activations and figures, got ${describeValue(items)}`);
  }
  const activations: Activation[] = [];
  const figures: Figure[] = [];
  items.forEach((item: Partial<Activation & Figure>, index) => {
    if (item?.data instanceof Float32Array && Array.isArray(item.shape)) {
      checkActivation(`items[${index}]`, item as Activation);
      activations.push(item as Activation);
    } else if (Array.isArray(item?.tiles) && item.colormap?.rgba instanceof Uint8Array) {
      checkFigure(`items[${index}]`, item as Figure);
      figures.push(item as Figure);
    } else {
      throw new TypeError(`items[${index}]: expected an activation or a figure, got ${describeValue(item)}`);
    }
  });
  return { activations, figures };
}
