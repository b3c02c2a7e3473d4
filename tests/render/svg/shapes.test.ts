import { describe, expect, it } from 'vitest';
import { fill, rectangle } from '../../../src/render/svg/shapes';

describe('rectangle', () => {
  it('goes around once and closes', () => {
    expect(rectangle(3, 4, 10, 20)).toBe('M3 4h10v20h-10z');
  });
});

describe('fill', () => {
  it.each([
    [[0, 10, 255, 255], 'fill="#000aff"'],
    [[0, 10, 255, 51], 'fill="#000aff" fill-opacity="0.2"'],
    [[0, 0, 0, 0], 'fill="#000000" fill-opacity="0"'],
  ] as const)('writes %j', (color, attributes) => {
    expect(fill(color)).toBe(attributes);
  });
});
