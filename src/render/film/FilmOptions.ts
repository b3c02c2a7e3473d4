import { describeValue, requireWholeNumber } from '../../common/errors';
import { requireFigure } from '../../common/requireFigure';
import type { Figure } from '../../common/types';

/** How long the frames of a film are shown. */
export interface FilmOptions {
  /**
   * How long each frame is shown, in milliseconds.
   * @defaultValue 200
   */
  delay?: number | undefined;
  /**
   * How long the last frame is shown, in milliseconds.
   * @defaultValue 1000, or `delay` if that is longer
   */
  hold?: number | undefined;
  /**
   * How often the film is played; 0 for ever.
   * @defaultValue 0
   */
  plays?: number | undefined;
}

/** The names of {@link FilmOptions}. */
export const FILM_OPTIONS = { delay: true, hold: true, plays: true } as const;

/** The same, checked and with the defaults. */
export interface FilmTiming {
  /** Of each frame, in milliseconds. */
  readonly durations: readonly number[];
  readonly plays: number;
}

/**
 * Checks the figures of a film and the values of the options of its frames.
 *
 * @throws TypeError or RangeError naming the argument that is wrong.
 */
export function readFilm(figures: readonly Figure[], options: FilmOptions): FilmTiming {
  if (!Array.isArray(figures)) {
    throw new TypeError(`figures: expected an array of figures, got ${describeValue(figures)}`);
  }
  for (const [index, figure] of figures.entries()) requireFigure(figure, `figures[${index}]`);
  if (figures.length === 0) throw new RangeError('figures: expected at least one, got none');
  const { delay = 200, plays = 0 } = options;
  requireWholeNumber('delay', delay, 1);
  const { hold = Math.max(1000, delay) } = options;
  requireWholeNumber('hold', hold, 1);
  requireWholeNumber('plays', plays, 0);
  return { durations: figures.map((_, index) => (index === figures.length - 1 ? hold : delay)), plays };
}

/** Says which figure of several an error is about. */
export function nameFigure<Value>(index: number, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    const message = error.message.replace(/^figure(?=[.:])/, `figures[${index}]`);
    throw error instanceof TypeError
      ? new TypeError(message, { cause: error })
      : new RangeError(message, { cause: error });
  }
}
