import { describeOutput } from './describeOutput';
import { type MakeElement, setText } from './elements';

/** What the network puts out, as bars. */
export interface OutputView {
  readonly root: HTMLElement;
  draw(output: Float32Array): void;
  /** The first in a sentence, for those who hear the page. */
  describe(): string;
}

export function createOutputView(make: MakeElement, classNames: readonly string[]): OutputView {
  const heading = make('h2');
  const list = make('ol', { part: 'output' });
  const note = make('p', { part: 'quiet' });
  const root = make('div', { part: 'card', hidden: true }, heading, list, note);
  let sentence = '';

  return {
    root,
    describe: () => sentence,
    draw(output) {
      const { probable, count, bars } = describeOutput(output, classNames);
      const best = bars.reduce((first, bar) => (bar.value > first.value ? bar : first), bars[0]!);
      while (list.children.length < bars.length) {
        list.append(make('li', {}, make('span'), make('i'), make('b')));
      }
      bars.forEach(({ index, name: called, share, text }, place) => {
        const item = list.children[place] as HTMLElement;
        const [name, bar, number] = item.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
        setText(name, called);
        setText(number, text);
        bar.style.setProperty('--share', String(share));
        item.toggleAttribute('data-best', index === best.index && count > 1);
      });
      while (list.children.length > bars.length) list.lastChild!.remove();
      root.hidden = false;
      setText(heading, probable ? 'Prediction' : 'Output');
      setText(note, count > bars.length ? `the ${bars.length} largest of ${count}` : '');
      sentence = `${probable ? 'Most likely' : 'Largest output:'} ${best.name}, ${best.text}`;
    },
  };
}
