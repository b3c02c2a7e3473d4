import type { Activation, Figure } from '../common/types';
import { sortItems } from './ExportedItems';
import { floatToJson, replaceNumbers } from './jsonNumbers';

/**
 * Writes activations and figures as JSON. Values are float32, in as many digits as are exact; NaN, the infinities and -0,
 * for which JSON has no sign, are the texts `"NaN"`, `"Infinity"`, `"-Infinity"` and `"-0"`.
 *
 * @throws TypeError if something is neither an activation nor a figure.
 */
export function exportJson(items: readonly (Activation | Figure)[]): string {
  const { activations, figures } = sortItems(items);
  return JSON.stringify({ activations, figures }, (key, value: unknown) => {
    if (value instanceof Float32Array) return Array.from(value, floatToJson);
    if (value instanceof Uint8Array) return Array.from(value);
    return replaceNumbers(key, value);
  });
}
