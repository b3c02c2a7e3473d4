import type { ReceptiveField } from '../model/receptiveField/traceReceptiveField';
import { findRuns } from './findRuns';

/** Runs that are listed; of more, the first and the last pixel. */
const MOST_RUNS = 5;

/** Says which pixels of the input a value saw: `sees rows 3–10, columns 0–7 of the input`. */
export function describeField({ patches, exact }: ReceptiveField): string {
  if (patches.length === 0) return 'sees nothing of the input: only padding';
  const parts = patches.map(({ rows, columns }) => `rows ${listRuns(rows)}, columns ${listRuns(columns)}`);
  return `sees ${exact ? '' : 'at most '}${parts.slice(0, 2).join(' and ')}${parts.length > 2 ? ` and ${parts.length - 2} more parts` : ''} of the input`;
}

function listRuns(numbers: readonly number[]): string {
  const runs = findRuns(numbers);
  if (runs.length > MOST_RUNS) {
    return `${numbers[0]} to ${numbers.at(-1)} (${numbers.length} of them)`;
  }
  return runs.map(([first, length]) => (length > 1 ? `${first}–${first + length - 1}` : first)).join(', ');
}
