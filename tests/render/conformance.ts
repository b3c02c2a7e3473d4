import { describe, expect, it } from 'vitest';
import { type RenderRgbaOptions, renderRgba } from '../../src/render/renderRgba';
import type { Figure, RgbaImage } from '../../src/types';
import { figures } from './figures';

export interface RendererUnderTest {
  readonly name: string;
  /** Draws without options, as `visualizeLayers` calls it. */
  readonly render: (figure: Figure) => unknown;
  /**
   * Draws and reads the drawing back with something that is not ours.
   *
   * @returns The picture, whose lower middle is the grid: a title may stand above it and make it wider.
   */
  readonly decode: (figure: Figure, options: RenderRgbaOptions) => Promise<RgbaImage>;
  /** Sizes of a cell to try; a renderer without the option draws one pixel a value. */
  readonly pixelSizes: readonly number[];
  readonly hasGap: boolean;
}

/** What every renderer must pass. */
export function describeRenderer({ name, render, decode, pixelSizes, hasGap }: RendererUnderTest): void {
  describe(`${name} as a renderer`, () => {
    for (const [label, figure] of Object.entries(figures)) {
      it.each(pixelSizes)(
        `shows the pixels of renderRgba: ${label}, %i pixels a value`,
        async (pixelSize) => {
          const picture = await decode(figure, { pixelSize });
          expectSameTiles(picture, figure, { pixelSize });
        },
      );
    }

    it('draws every figure without options', async () => {
      for (const figure of Object.values(figures)) expect(await render(figure)).toBeDefined();
    });

    it('leaves the figure as it was', async () => {
      const figure = figures['missing values']!;
      const before = structuredClone(figure);
      await render(figure);
      expect(figure).toEqual(before);
    });

    it('draws the same twice', async () => {
      const figure = figures['missing values']!;
      const [first, second] = [await decode(figure, {}), await decode(figure, {})];
      expect(first.width).toBe(second.width);
      expect(first.data.every((byte, at) => byte === second.data[at])).toBe(true);
    });

    it('refuses figures of which something is missing or another thing', async () => {
      const figure = figures['no gap']!;
      const [tile] = figure.tiles as [Figure['tiles'][number]];
      for (const change of [
        { title: 3 },
        { tiles: [{}] },
        { tiles: [{ ...tile, width: 3 }] },
        { colormap: {} },
      ]) {
        await expect(async () => render({ ...figure, ...change } as never)).rejects.toThrow(
          /^figure: expected a figure as createFigure/,
        );
      }
    });

    it.each([null, undefined, {}, { tiles: [] }, 'figure'])('refuses %j as a figure', async (figure) => {
      await expect(async () => render(figure as never)).rejects.toThrow(TypeError);
      await expect(async () => render(figure as never)).rejects.toThrow(
        /^figure: expected a figure as createFigure/,
      );
    });

    if (pixelSizes.length > 1) {
      it.each([0, -2, 1.5, Number.NaN, '4' as never])('refuses %s as pixelSize', async (pixelSize) => {
        await expect(async () => decode(figures['no gap']!, { pixelSize })).rejects.toThrow(
          /^pixelSize: expected a whole number of at least 1, got /,
        );
      });
    }

    if (hasGap) {
      it.each([0, 1, 3])('takes another gap: %i', async (gap) => {
        const figure = figures['missing values']!;
        const picture = await decode(figure, { gap, pixelSize: 2 });
        expectSameTiles(picture, figure, { gap, pixelSize: 2 });
      });

      it('names the gap where it makes the picture too large', async () => {
        await expect(async () => decode(figures['no gap']!, { gap: 1e9 })).rejects.toThrow(
          /^gap: expected one for which the picture has at most/,
        );
      });

      it.each([-1, 0.5])('refuses %s as gap', async (gap) => {
        await expect(async () => decode(figures['no gap']!, { gap })).rejects.toThrow(
          /^gap: expected a whole number of at least 0, got /,
        );
      });
    }
  });
}

/** Byte for byte. Counts instead of comparing arrays, whose difference would take minutes to print. */
function expectSameTiles(picture: RgbaImage, figure: Figure, options: RenderRgbaOptions): void {
  const expected = tilesOf(renderRgba(figure, options), figure, options);
  const wrong = tilesOf(picture, figure, options).flatMap((bytes, tile) =>
    bytes.flatMap((byte, at) =>
      byte === expected[tile]![at] ? [] : [{ tile, at, byte, expected: expected[tile]![at] }],
    ),
  );
  expect(wrong.slice(0, 3)).toEqual([]);
}

/** The bytes of each tile, wherever the grid stands in the picture. */
function tilesOf(picture: RgbaImage, figure: Figure, { pixelSize = 1, gap }: RenderRgbaOptions): number[][] {
  const [{ width, height }] = figure.tiles as [Figure['tiles'][number]];
  const space = gap ?? figure.tiles[1]?.x ?? 0;
  const stepX = gap === undefined ? space : width + gap;
  const stepY = gap === undefined ? (figure.tiles[figure.columns]?.y ?? 0) : height + gap;
  const gridWidth = (figure.columns - 1) * stepX * pixelSize + width * pixelSize;
  const gridHeight = (figure.rows - 1) * stepY * pixelSize + height * pixelSize;
  const left = Math.floor((picture.width - gridWidth) / 2);
  const top = picture.height - gridHeight;
  expect(left, 'the picture is as wide as the grid').toBeGreaterThanOrEqual(0);
  expect(top, 'the picture is as high as the grid').toBeGreaterThanOrEqual(0);

  return figure.tiles.map((_, index) => {
    const bytes: number[] = [];
    const x = left + (index % figure.columns) * stepX * pixelSize;
    const y = top + Math.floor(index / figure.columns) * stepY * pixelSize;
    for (let row = 0; row < height * pixelSize; row++) {
      const start = ((y + row) * picture.width + x) * 4;
      for (const byte of picture.data.subarray(start, start + width * pixelSize * 4)) bytes.push(byte);
    }
    return bytes;
  });
}
