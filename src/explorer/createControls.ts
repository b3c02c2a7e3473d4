import type { PlainScaling } from '../figure/scaling';
import type { SortKey } from '../statistics/sortChannels';
import type { MakeElement } from './elements';
import { ORDERS } from './orders';

/** What the reader can change about all maps. */
export interface Settings {
  scaling: PlainScaling;
  sort: SortKey;
}

const SCALINGS = {
  map: 'each map by itself',
  layer: 'each layer by itself',
  fixed: 'a fixed range',
} as const;

/** @param onChange Called with what has changed. */
export function createControls(
  make: MakeElement,
  initial: Settings,
  onChange: (settings: Partial<Settings>) => void,
): HTMLElement {
  const range = Array.isArray(initial.scaling) ? [...initial.scaling] : [0, 1];
  const choose = (label: string, choices: Readonly<Record<string, string>>, value: string) => {
    const select = make(
      'select',
      {},
      ...Object.entries(choices).map(([key, text]) =>
        make('option', { value: key, selected: key === value }, text),
      ),
    );
    return { select, root: make('label', {}, `${label} `, select) };
  };
  const kind = typeof initial.scaling === 'string' ? initial.scaling : 'fixed';
  const scale = choose('Scale', SCALINGS, kind);
  const order = choose('Order', ORDERS, initial.sort);
  const ends = ['from', 'to'].map((word, end) => {
    const input = make('input', { type: 'number', step: 'any', value: String(range[end]) });
    input.addEventListener('input', apply);
    return { input, root: make('label', {}, `${word} `, input) };
  });
  const problem = make('span', { part: 'problem', aria: { role: 'status' } });
  const fixed = make('span', { hidden: kind !== 'fixed' }, ...ends.map(({ root }) => root), problem);

  function apply(): void {
    fixed.hidden = scale.select.value !== 'fixed';
    if (!fixed.hidden) {
      const [from, to] = ends.map(({ input }) => input.valueAsNumber) as [number, number];
      problem.textContent = from < to ? '' : '“from” must be below “to”';
      if (from < to) onChange({ scaling: [from, to] });
    } else onChange({ scaling: scale.select.value as 'map' | 'layer' });
  }
  scale.select.addEventListener('change', apply);
  order.select.addEventListener('change', () => onChange({ sort: order.select.value as SortKey }));
  return make('div', { part: 'controls' }, scale.root, fixed, order.root);
}
