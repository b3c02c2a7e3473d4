import { describeOutput } from './describeOutput';
import { type MakeElement, setText } from './elements';

/** What the network puts out, as bars. */
export interface OutputView {
  readonly root: HTMLElement;
  draw(output: Float32Array): void;
  /** The first in a sentence, for those who hear the page. */
  describe(): string;
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
      const { probable, bars } = describeOutput(output);
      const best = bars.reduce((first, bar) => (bar.value > first.value ? bar : first), bars[0]!);
      while (list.children.length < bars.length) {
        list.append(make('li', {}, make('span'), make('i'), make('b')));
      }
      bars.forEach(({ index, share, text }, place) => {
        const item = list.children[place] as HTMLElement;
        const [name, bar, number] = item.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
        setText(name, nameOf(index));
        setText(number, text);
        bar.style.setProperty('--share', String(share));
        item.toggleAttribute('data-best', index === best.index && output.length > 1);
      });
      while (list.children.length > bars.length) list.lastChild!.remove();
      root.hidden = false;
      setText(heading, probable ? 'Prediction' : 'Output');
      setText(note, output.length > bars.length ? `the ${bars.length} largest of ${output.length}` : '');
      sentence = `${probable ? 'Most likely' : 'Largest output:'} ${nameOf(best.index)}, ${best.text}`;
    },
  };
}
