import { describe, expect, it } from 'vitest';
import { layoutTitle, noTitle } from '../../../src/render/grid/titleStrip';

/** A title of ten letters, each half as wide as the font is high. */
const measure = (fontSize: number) => 5 * fontSize;

describe('layoutTitle', () => {
  it.each([
    [100, 12],
    [540, 12],
    [675, 15],
    [900, 20],
    [5000, 20],
  ])('above %i pixels has a font size of %i', (gridWidth, fontSize) => {
    expect(layoutTitle(gridWidth, measure)).toMatchObject({ fontSize, width: gridWidth, gridX: 0 });
  });

  it('has room for the text above the grid', () => {
    // 20 · 1.9 and 20 · 1.2: below the baseline 14 pixels are left for what hangs down.
    expect(layoutTitle(900, measure)).toEqual({
      width: 900,
      height: 38,
      fontSize: 20,
      baseline: 24,
      gridX: 0,
    });
  });

  it('makes the picture wider where the title needs it, with half a letter on either side', () => {
    // 5 · 12 + 12 = 72 pixels; the grid of 20 stands in the middle.
    expect(layoutTitle(20, measure)).toEqual({
      width: 72,
      height: 23,
      fontSize: 12,
      baseline: 14,
      gridX: 26,
    });
    expect(layoutTitle(21, measure)).toMatchObject({ width: 72, gridX: 25 });
    expect(layoutTitle(20, () => 60.01)).toMatchObject({ width: 73 });
  });

  it('scales with the pixels of the screen', () => {
    expect(layoutTitle(1800, measure, 2)).toEqual({
      width: 1800,
      height: 76,
      fontSize: 40,
      baseline: 48,
      gridX: 0,
    });
    expect(layoutTitle(40, measure, 2)).toMatchObject({ width: 144, fontSize: 24 });
    expect(layoutTitle(40, measure, 1.5)).toMatchObject({ fontSize: 18 });
  });
});

describe('noTitle', () => {
  it('takes no room', () => {
    expect(noTitle(215)).toEqual({ width: 215, height: 0, fontSize: 0, baseline: 0, gridX: 0 });
  });
});
