import { describeValue } from '../common/errors';

/** The entries of the package that have a renderer of one figure. */
const ENTRIES = ['rgba', 'svg', 'png', 'canvas', 'terminal'];

/** @throws TypeError if `renderer` is no function, which names one. */
export function requireRenderer(renderer: unknown): void {
  if (typeof renderer === 'function') return;
  const entry = ENTRIES.find((each) => each === renderer) ?? 'svg';
  const name = `render${entry.charAt(0).toUpperCase()}${entry.slice(1)}`;
  throw new TypeError(
    `renderer: expected a function of a figure, such as ${name} of layerscope/${entry}, got ${describeValue(renderer)}`,
  );
}
