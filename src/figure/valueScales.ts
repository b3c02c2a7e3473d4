import type { Figure } from '../common/types';
import type { RangeOptions } from './scaling';

/** How colours follow values, where it is not evenly. */
export interface ValueScale {
  /** What {@link Figure.scale} says. */
  readonly name: NonNullable<Figure['scale']>;
  /** Whether a finite value has a place on the scale. */
  covers(value: number): boolean;
  /** Where a value lies that it covers: from there on, colours are even steps. */
  place(value: number): number;
}

const LOGARITHM: ValueScale = { name: 'log', covers: (value) => value > 0, place: Math.log };

/** Returns the scale that is asked for; `undefined` for the even one. */
export function chooseValueScale({ log = false }: RangeOptions): ValueScale | undefined {
  return log ? LOGARITHM : undefined;
}
