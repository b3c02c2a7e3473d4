import { describe, expect, it } from 'vitest';
import { createPalette } from '../../../src/render/png/createPalette';

describe('createPalette', () => {
  it('numbers colours in the order in which they come', () => {
    const palette = createPalette();
    expect(palette.size).toBe(0);
    expect(palette.entryOf(255, 0, 0, 255)).toBe(0);
    expect(palette.entryOf(0, 255, 0, 255)).toBe(1);
    expect(palette.entryOf(255, 0, 0, 255)).toBe(0);
    expect(palette.entryOf(0, 0, 255, 128)).toBe(2);
    expect(palette.size).toBe(3);
    expect([...palette.toRgba()]).toEqual([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 128]);
  });

  it('tells colours apart by every channel', () => {
    const palette = createPalette();
    const entries = [
      palette.entryOf(1, 2, 3, 4),
      palette.entryOf(2, 2, 3, 4),
      palette.entryOf(1, 3, 3, 4),
      palette.entryOf(1, 2, 4, 4),
      palette.entryOf(1, 2, 3, 5),
      palette.entryOf(4, 3, 2, 1),
    ];
    expect(entries).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('takes everything transparent for one colour, which is not opaque black', () => {
    const palette = createPalette();
    expect(palette.entryOf(1, 2, 3, 0)).toBe(0);
    expect(palette.entryOf(0, 0, 0, 0)).toBe(0);
    expect(palette.entryOf(0, 0, 0, 255)).toBe(1);
    expect([...palette.toRgba()]).toEqual([0, 0, 0, 0, 0, 0, 0, 255]);
  });

  it('goes on beyond 256 colours', () => {
    const palette = createPalette();
    for (let color = 0; color < 300; color++) {
      expect(palette.entryOf(color & 255, color >> 8, 0, 255)).toBe(color);
    }
    expect(palette.size).toBe(300);
    expect(palette.toRgba().length).toBe(1200);
  });

  it('shares nothing with another', () => {
    createPalette().entryOf(1, 2, 3, 255);
    expect(createPalette().size).toBe(0);
  });
});
