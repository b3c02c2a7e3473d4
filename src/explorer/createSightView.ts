import { formatValue } from '../common/formatValue';
import type { MapPixel } from './createDetailView';
import { createInputView, type InputView } from './createInputView';
import { type MakeElement, setText } from './elements';

/** The input, and below it the value that is pointed at. */
export interface SightView extends Pick<InputView, 'draw' | 'mark' | 'canvas'> {
  readonly root: HTMLElement;
  /** Says which value is pointed at, of the input or of a map, and what it saw. */
  say(of: string, pixel: MapPixel, values: Iterable<number>, saw: string): void;
  /** Says what to do where none is. */
  invite(words: string): void;
  /** What is said of the value, for those who hear the page. */
  describe(): string;
}

export function createSightView(
  make: MakeElement,
  onPoint: (pixel: MapPixel | undefined) => void,
): SightView {
  const { root: picture, canvas, draw, mark } = createInputView(make, onPoint);
  const place = make('p', { part: 'place' });
  const value = make('p', { part: 'value' });
  const saw = make('p', { part: 'quiet' });
  const write = (...words: readonly [place: string, value: string, saw: string]) => {
    [place, value, saw].forEach((element, index) => {
      setText(element, words[index]!);
    });
  };

  return {
    root: make(
      'div',
      { part: 'card sight' },
      make('h2', {}, 'Input'),
      picture,
      make('div', {}, place, value, saw),
    ),
    canvas,
    draw,
    mark,
    say(of, { row, column }, values, seen) {
      const numbers = Array.from(values, (each) => formatValue(each)).join(', ');
      write(`${of} · row ${row}, column ${column}`, numbers, seen);
    },
    invite: (words) => write('', '', words),
    describe: () => `${value.textContent}, ${saw.textContent}`,
  };
}
