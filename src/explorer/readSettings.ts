import { describeValue, requireWholeNumber } from '../common/errors';
import { viridis } from '../figure/color/viridis';
import { requireColormap } from '../figure/requireFigureInput';
import { isPlainScaling, requireRange } from '../figure/scaling';
import type { MountExplorerOptions } from './Explorer';
import { ORDERS } from './orders';

/**
 * Reads the settings of the view.
 *
 * @throws TypeError or RangeError naming the option that is wrong.
 */
export function readSettings(options: Omit<MountExplorerOptions, 'layers' | 'img'>) {
  const {
    scaling = 'map',
    sort = 'index',
    columns = 8,
    maps = 64,
    classNames = [],
    colormap = viridis,
    theme = 'auto',
  } = options;
  if (!isPlainScaling(scaling)) {
    throw new TypeError(
      `scaling: expected 'map', 'layer' or a range [lowest, highest], got ${describeValue(scaling)}`,
    );
  }
  if (typeof scaling !== 'string') requireRange('scaling', scaling);
  requireColormap(colormap);
  requireWholeNumber('columns', columns, 1);
  requireWholeNumber('maps', maps, 1);
  requireOneOf('sort', sort, Object.keys(ORDERS));
  requireOneOf('theme', theme, ['auto', 'light', 'dark']);
  if (!Array.isArray(classNames) || ![...classNames].every((name) => typeof name === 'string')) {
    throw new TypeError(`classNames: expected an array of strings, got ${describeValue(classNames)}`);
  }
  return { scaling, sort, columns, maps, classNames, colormap, theme };
}

function requireOneOf(name: string, value: unknown, choices: readonly string[]): void {
  if (choices.includes(value as string)) return;
  const expected = choices.map((choice) => `'${choice}'`).join(', ');
  throw new RangeError(`${name}: expected one of ${expected}, got ${describeValue(value)}`);
}

/** The settings of the view, defaults put in. */
export type ExplorerSettings = ReturnType<typeof readSettings>;
