import { describe, expect, it } from 'vitest';
import type { Figure, RgbaImage } from '../../../src/common/types';
import { createFigure } from '../../../src/figure/createFigure';
import { renderTerminal } from '../../../src/render/terminal/renderTerminal';
import { describeRenderer } from '../conformance';
import { figures } from '../figures';

const SEQUENCE = /\u001b\[([\d;]*)m/y;

/** A terminal of its own: follows the escape sequences and reads each character as two pixels. */
function readTerminal(text: string): RgbaImage {
  const lines = text.split('\n').slice(0, -1);
  const rows = lines.flatMap(readLine);
  const width = Math.max(...rows.map((row) => row.length));
  const data = new Uint8ClampedArray(width * rows.length * 4);
  rows.forEach((row, y) => {
    row.forEach((color, x) => {
      if (color) data.set([...color, 255], (y * width + x) * 4);
    });
  });
  return { width, height: rows.length, data };
}

type Color = number[] | undefined;

function readLine(line: string): [Color[], Color[]] {
  const [upper, lower]: [Color[], Color[]] = [[], []];
  let [foreground, background]: [Color, Color] = [undefined, undefined];
  for (let at = 0; at < line.length; ) {
    SEQUENCE.lastIndex = at;
    const match = SEQUENCE.exec(line);
    if (match) {
      const [code, , ...color] = match[1]!.split(';').map(Number);
      if (code === 0) [foreground, background] = [undefined, undefined];
      if (code === 38) foreground = color;
      if (code === 48) background = color;
      at = SEQUENCE.lastIndex;
      continue;
    }
    const character = line[at++];
    upper.push(character === '▀' ? foreground : background);
    lower.push(character === '▄' ? foreground : background);
  }
  return [upper, lower];
}

/** Drawn as wide as it needs, its gap as one cell both ways. */
async function decode(figure: Figure): Promise<RgbaImage> {
  const picture = readTerminal(renderTerminal(figure, { width: 1000, title: false }));
  const [{ width, height }] = figure.tiles as [Figure['tiles'][number]];
  // The last line of characters may be half empty, and trailing transparent cells are not written.
  const [gridWidth, gridHeight] = [figure.columns * (width + 1) - 1, figure.rows * (height + 1) - 1];
  const data = new Uint8ClampedArray(figure.width * figure.height * 4);
  for (const [index, tile] of figure.tiles.entries()) {
    const left = (index % figure.columns) * (width + 1);
    const top = Math.floor(index / figure.columns) * (height + 1);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const from = ((top + row) * picture.width + left + column) * 4;
        const to = ((tile.y + row) * figure.width + tile.x + column) * 4;
        if (left + column < picture.width) data.set(picture.data.subarray(from, from + 4), to);
      }
    }
  }
  expect(picture.width).toBeLessThanOrEqual(gridWidth);
  expect(picture.height).toBeLessThanOrEqual(gridHeight + 1);
  return { width: figure.width, height: figure.height, data };
}

describeRenderer({ name: 'renderTerminal', render: renderTerminal, decode, pixelSizes: [1], hasGap: false });

/** One map of 2 × 2 with the palette indices 0, 255, 128, 64. */
const small = createFigure({
  layerName: 'c',
  className: 'Conv2D',
  shape: [1, 2, 2, 1],
  data: Float32Array.of(0, 4, 2, 1),
});

describe('renderTerminal', () => {
  it('shrinks colours of their own one by one, and shades by how light they are', () => {
    const data = Float32Array.of(0, 1);
    const figure = createFigure({ layerName: 'a', className: '', shape: [1, 1, 2, 1], data });
    const rgb = Uint8Array.of(255, 0, 100, 55, 200, 100);
    const colored = { ...figure, tiles: [{ ...figure.tiles[0]!, rgb }] };
    const options = { title: false, width: 2 };
    expect(renderTerminal(colored, options)).toBe(
      '\u001b[38;2;255;0;100m▀\u001b[0m\u001b[38;2;55;200;100m▀\u001b[0m\n',
    );
    expect(renderTerminal(colored, { ...options, width: 1 })).toBe('\u001b[38;2;155;100;100m▀\u001b[0m\n');
    expect(renderTerminal(colored, { ...options, color: false })).toBe(' @\n');
  });

  it('writes half blocks in 24-bit colour', () => {
    const [upper, lower] = ['38;2;68;1;84', '48;2;33;145;140'];
    const [nextUpper, nextLower] = ['38;2;253;231;37', '48;2;59;82;139'];
    expect(renderTerminal(small, { title: false })).toBe(
      `\u001b[${upper}m\u001b[${lower}m▀\u001b[0m\u001b[${nextUpper}m\u001b[${nextLower}m▀\u001b[0m\n`,
    );
  });

  it('writes no escape sequence when told so, but shades', () => {
    // Means of the columns: (0 + 128) / 2 = 64 and (255 + 64) / 2 = 159.5, of 256, in ten shades.
    expect(renderTerminal(small, { title: false, color: false })).toBe(':*\n');
    for (const figure of Object.values(figures)) {
      expect(renderTerminal(figure, { color: false })).not.toContain('\u001b');
    }
  });

  it.each([8, 15, 16, 40, 80, 120])('fits %i characters', (width) => {
    for (const figure of Object.values(figures)) {
      for (const color of [true, false]) {
        const lines = renderTerminal(figure, { width, color }).split('\n');
        const lengths = lines.map((line) => [...line.replace(/\u001b\[[\d;]*m/g, '')].length);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(width);
      }
    }
  });

  it('shrinks by averaging', () => {
    const figure = createFigure({ ...ofRow([0, 4, 4, 4]), shape: [1, 1, 4, 1] });
    // (0 + 255) / 2 and (255 + 255) / 2
    const picture = readTerminal(renderTerminal(figure, { width: 2, title: false }));
    const rgba = figure.colormap.rgba;
    expect([...picture.data.subarray(0, 8)]).toEqual([
      ...rgba.subarray(128 * 4, 128 * 4 + 4),
      ...rgba.subarray(255 * 4, 255 * 4 + 4),
    ]);
  });

  it('puts the title above, its control characters harmless', () => {
    const [first] = renderTerminal(figures["the article's first layer"]!, { width: 80 }).split('\n');
    expect(first!.trim()).toBe('Layer: conv1');
    const hostile = renderTerminal(figures['a hostile name']!, { color: false });
    expect(hostile).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('counts wide characters as two and accents as none', () => {
    const title = (text: string) => createFigure({ ...ofRow([0, 1]), shape: [1, 1, 2, 1] }, { title: text });
    expect(renderTerminal(title('畳み込み層'), { width: 6, color: false }).split('\n').slice(0, 2)).toEqual([
      '畳み込',
      'み層',
    ]);
    expect(renderTerminal(title('e\u0301e\u0301'), { width: 2, color: false }).split('\n')[0]).toBe(
      'e\u0301e\u0301',
    );
  });

  it.each([
    [{ width: 7 }, 'width: expected at least a character for each of the 8 columns, got 7'],
    [{ width: 0 }, 'width: expected a whole number of at least 1, got 0'],
    [{ width: 20.5 }, 'width: expected a whole number of at least 1, got 20.5'],
    [{ color: 'no' as never }, 'color: expected true or false, got "no"'],
  ])('refuses %j', (options, message) => {
    expect(() => renderTerminal(figures["the article's first layer"]!, options)).toThrow(message);
  });
});

function ofRow(values: number[]) {
  return { layerName: 'c', className: 'Conv2D', data: Float32Array.from(values) };
}
