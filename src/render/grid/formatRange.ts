import { formatValue } from '../../common/formatValue';
import type { Range } from './colorBar';

/**
 * Writes the ends of a range, with more digits where they would read the same.
 *
 * @returns Both; one text where they are the same value, and `'no value'` where there is none.
 */
export function formatRange([lowest, highest]: Range, digits: number): string[] {
  if (!(lowest <= highest)) return ['no value'];
  const low = formatEnd(lowest, digits);
  if (lowest === highest) return [low];
  const high = formatEnd(highest, digits);
  // Two values of single precision differ within 9 digits.
  return low === high && digits < 9 ? formatRange([lowest, highest], digits + 1) : [low, high];
}

/** Digits before the point are not rounded, which would make nothing shorter: 12345 is not 12350. */
function formatEnd(value: number, digits: number): string {
  return formatValue(value, Math.max(digits, Math.min(7, Math.ceil(Math.log10(Math.abs(value) + 1)))));
}
