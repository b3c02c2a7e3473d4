import { describe, expect, it, vi } from 'vitest';
import { createFigure } from '../../../src/figure/createFigure';
import { printScale } from '../../../src/render/terminal/printScale';

const figure = createFigure({
  layerName: 'c',
  className: 'Conv2D',
  shape: [1, 1, 2, 1],
  data: Float32Array.of(0, 1),
});

describe('printScale', () => {
  it('draws the colours between the lowest and the highest value, as wide as the maps', () => {
    const draw = vi.fn(() => 'STRIP');
    expect(printScale(figure, [-1, 2.5], 40, 80, draw)).toEqual(['-1 STRIP 2.5']);
    const [{ width, height, indices }] = draw.mock.calls[0] as unknown as [
      { width: number; height: number; indices: Int16Array },
    ];
    expect([width, height]).toEqual([33, 1]);
    expect([indices[0], indices[16], indices[32]]).toEqual([0, 128, 255]);
  });

  it('leaves out entries that are no part of the scale', () => {
    const draw = vi.fn(() => '');
    printScale({ ...figure, gradient: [1, 253] }, [0, 1], 9, 9, draw);
    expect(draw).toHaveBeenCalledWith(
      expect.objectContaining({ width: 5, indices: Int16Array.of(1, 64, 127, 190, 253) }),
    );
  });

  it('writes the values alone where there is no room, and one where there is one', () => {
    expect(printScale(figure, [0, 1], 7, 7, () => '')).toEqual(['0 to 1']);
    expect(printScale(figure, [0, 1], 2, 3, () => '')).toEqual(['0 t', 'o 1']);
    expect(printScale(figure, [5, 5], 5, 80, () => '')).toEqual(['  5']);
    expect(printScale(figure, [Number.NaN, Number.NaN], 8, 80, () => '')).toEqual(['no value']);
  });
});
