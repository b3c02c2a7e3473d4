import { formatValue } from '../formatValue';
import { type MakeElement, setText } from './elements';

/** What the network puts out, as bars. */
export interface OutputView {
  readonly root: HTMLElement;
  draw(output: Float32Array): void;
  /** The first in a sentence, for those who hear the page. */
  describe(): string;
}

/** One bar of those shown. */
export interface OutputBar {
  readonly index: number;
  readonly value: number;
}

const MOST = 10;

/** Chooses what to show: everything in its order if it is up to ten numbers, of more the ten largest. */
export function chooseBars(output: Float32Array): OutputBar[] {
  const bars = Array.from(output, (value, index) => ({ value, index }));
  if (bars.length <= MOST) return bars;
  return bars.sort((one, other) => other.value - one.value || one.index - other.index).slice(0, MOST);
}

/** Whether numbers are probabilities: none below 0, their sum 1. */
export function areProbabilities(output: Float32Array): boolean {
  let sum = 0;
  for (const value of output) {
    if (!(value >= 0)) return false;
    sum += value;
  }
  return Math.abs(sum - 1) < 1e-3;
}

export function createOutputView(make: MakeElement, nameOf: (index: number) => string): OutputView {
  const heading = make('h2');
  const list = make('ol', { part: 'output' });
  const note = make('p', { part: 'quiet' });
  const root = make('div', { part: 'card', hidden: true }, heading, list, note);
  let sentence = '';

  return {
    root,
    describe: () => sentence,
    draw(output) {
      const bars = chooseBars(output);
      const probable = areProbabilities(output);
      const largest = bars.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0) || 1;
      const best = bars.reduce((first, bar) => (bar.value > first.value ? bar : first), bars[0]!);
      const format = (value: number) => (probable ? `${(value * 100).toFixed(1)} %` : formatValue(value));
      while (list.children.length < bars.length) {
        list.append(make('li', {}, make('span'), make('i'), make('b')));
      }
      bars.forEach(({ index, value }, place) => {
        const item = list.children[place] as HTMLElement;
        const [name, bar, number] = item.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
        setText(name, nameOf(index));
        setText(number, format(value));
        bar.style.setProperty('--share', String(Math.max(0, value / (probable ? 1 : largest)) || 0));
        item.toggleAttribute('data-best', index === best.index && output.length > 1);
      });
      while (list.children.length > bars.length) list.lastChild!.remove();
      root.hidden = false;
      setText(heading, probable ? 'Prediction' : 'Output');
      setText(note, output.length > MOST ? `the ${MOST} largest of ${output.length}` : '');
      sentence = probable
        ? `Most likely ${nameOf(best.index)}, ${format(best.value)}`
        : `Largest output: ${nameOf(best.index)}, ${format(best.value)}`;
    },
  };
}
