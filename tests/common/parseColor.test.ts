import { describe, expect, it } from 'vitest';
import { parseColor } from '../../src/common/parseColor';

describe('parseColor', () => {
  it.each([
    ['#440154', [68, 1, 84, 255]],
    ['#fde725', [253, 231, 37, 255]],
    ['#FFF', [255, 255, 255, 255]],
    ['#0f08', [0, 255, 0, 136]],
    ['#12345678', [18, 52, 86, 120]],
    ['rgb(31, 119, 180)', [31, 119, 180, 255]],
    ['rgba(31, 119, 180, 0.5)', [31, 119, 180, 128]],
    ['rgb(31 119 180 / 0.5)', [31, 119, 180, 128]],
    [' White ', [255, 255, 255, 255]],
    ['black', [0, 0, 0, 255]],
    ['transparent', [0, 0, 0, 0]],
  ])('reads %s', (text, rgba) => {
    expect(parseColor('background', text)).toEqual(rgba);
  });

  it.each([
    '',
    '#12',
    '#12345',
    '#gggggg',
    'rgb(1, 2)',
    'rgb(300, 0, 0)',
    'salmon-ish',
    'constructor',
    '__proto__',
    7,
    null,
  ])('refuses %s', (color) => {
    expect(() => parseColor('background', color)).toThrow(TypeError);
    expect(() => parseColor('background', color)).toThrow(/^background: expected a colour such as/);
  });
});
