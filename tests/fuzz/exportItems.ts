import type { Activation, Figure } from '../../src/common/types';
import { createFigure } from '../../src/figure/createFigure';
import type { Chooser } from './mutate';

const NAMES = [
  'conv',
  'a/b',
  'a',
  'a.npy',
  'A',
  'a/indices',
  '__proto__',
  'constructor',
  'größe 🙂',
  '',
  'layerscope',
  'con',
  '..',
];
const ODD = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e-45, 3.4e38];

/** Activations and figures, of names that clash and values that are hard to write. */
export function makeItems({ below, pick, random }: Chooser): {
  activations: Activation[];
  figures: Figure[];
} {
  const activations = Array.from({ length: below(4) }, (): Activation => {
    const shape = [1 + below(2), 1 + below(3), 1 + below(3), 1 + below(3)];
    const count = shape.reduce((product, size) => product * size, 1);
    return {
      layerName: pick(NAMES),
      className: pick(['Conv2D', '', 'x"y']),
      shape,
      data: Float32Array.from({ length: count }, () => (random() < 0.1 ? pick(ODD) : random() * 2 - 1)),
      ...(below(3) === 0 && { preActivation: 'relu' }),
      ...(below(3) === 0 && { lostNaN: true as const }),
    };
  });
  const figures = activations.flatMap((activation) => {
    if (below(2) === 0) return [];
    const options = pick([
      {},
      { scaling: [-1, 1] as const },
      { scaling: { percentiles: [10, 90] as const } },
      { belowColor: 'black' },
    ]);
    const figure = createFigure(activation, { ...options, title: pick(NAMES) });
    if (below(3) > 0) return [figure];
    const [first, ...rest] = figure.tiles;
    const rgb = Uint8Array.from({ length: first!.indices.length * 3 }, () => below(256));
    return [{ ...figure, tiles: [{ ...first!, label: 'of its own', rgb }, ...rest] }];
  });
  return { activations, figures };
}
