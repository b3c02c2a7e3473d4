import { describe, expect, it } from 'vitest';
import { describeLayer } from '../../src/explorer/describeLayer';
import { formatShare } from '../../src/explorer/formatShare';
import { createFigure } from '../../src/figure/createFigure';
import { describeMaps } from '../../src/statistics/describeMaps';

describe('describeLayer', () => {
  const data = Float32Array.of(0, 0, 1, 3, 0, 4, 0, Number.NaN);
  const activation = { layerName: 'conv1', className: 'Conv2D', shape: [1, 2, 1, 4], data };
  const statistics = describeMaps(activation);

  it('says how many maps of how many, in which colours, and what is in all of them', () => {
    const figure = createFigure(activation, { channels: [3, 1] });
    expect(describeLayer(statistics, figure, 'maximum')).toBe(
      '2 of 4 maps, by maximum · colours by each map’s own range · 50 % zeros · 1 dead · 12 % not finite',
    );
  });

  it('says that NaN has been lost', () => {
    const figure = createFigure({ ...activation, lostNaN: true });
    expect(describeLayer(statistics, figure, 'index')).toMatch(/ · NaN went in and came out as numbers$/);
  });

  it('says the range that all maps share', () => {
    const figure = createFigure(activation, { scaling: 'layer' });
    expect(describeLayer(statistics, figure, 'index')).toContain(
      '4 of 4 maps, by number · colours from 0 to 4 ·',
    );
  });
});

describe('formatShare', () => {
  it.each([
    [0, '0 %'],
    [0.0012, '0.1 %'],
    [0.057, '5.7 %'],
    [0.5, '50 %'],
    [0.999, '99 %'],
    [1, '100 %'],
  ])('writes %d as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });
});
