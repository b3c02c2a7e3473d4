import type { Figure } from '../../common/types';
import type { Range } from './colorBar';

/** A round value on a scale. */
export interface Tick {
  readonly text: string;
  /** Where it stands, 0 being the lowest value and 1 the highest. */
  readonly at: number;
}

/**
 * Chooses round values inside a range: multiples of 1, 2 or 5 times a power of ten, 0 among them if the range goes
 * across it; on a logarithmic scale, powers of ten.
 *
 * @param most How many steps the range may have.
 */
export function chooseTicks(domain: Range, scale: Figure['scale'], most: number): Tick[] {
  const log = scale === 'log';
  const [lowest, highest] = log ? [Math.log10(domain[0]), Math.log10(domain[1])] : domain;
  const least = (highest - lowest) / most;
  if (!(least > 0 && least < Number.POSITIVE_INFINITY)) return [];
  const power = Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((times) => times * 10 ** power >= least * (1 - 1e-9)) ?? 10;
  const step = log ? Math.max(1, factor * 10 ** power) : factor * 10 ** power;
  const ticks: Tick[] = [];
  for (let count = Math.floor(lowest / step) + 1; count * step < highest; count++) {
    const value = count * step;
    const text = String(Number((log ? 10 ** value : value).toPrecision(9)));
    ticks.push({ text, at: (value - lowest) / (highest - lowest) });
  }
  return ticks;
}
