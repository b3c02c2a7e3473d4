import { describe, expect, it } from 'vitest';
import type { Figure, RgbaImage } from '../../src/common/types';
import { layoutGrid } from '../../src/render/grid/layoutGrid';
import { layoutPicture } from '../../src/render/grid/layoutPicture';
import { type RenderRgbaOptions, renderRgba } from '../../src/render/rgba/renderRgba';
import { figures } from './figures';

interface DecodeOptions extends RenderRgbaOptions {
  title?: boolean;
  colorBar?: boolean;
}

export interface RendererUnderTest {
  readonly name: string;
  /** Draws without options, as `visualizeLayers` calls it. */
  readonly render: (figure: Figure) => unknown;
  /**
   * Draws and reads the drawing back with something that is not ours.
   *
   * @returns The picture, whose lower middle is the grid: a title may stand above it and make it wider.
   */
  readonly decode: (figure: Figure, options: DecodeOptions) => Promise<RgbaImage>;
  /** Sizes of a cell to try; a renderer without the option draws one pixel a value. */
  readonly pixelSizes: readonly number[];
  readonly hasGap: boolean;
  /** Whether colour bars stand where `layoutPicture` has them, to the pixel. */
  readonly hasColorBar?: boolean;
}

/** What every renderer must pass. */
export function describeRenderer({
  name,
  render,
  decode,
  pixelSizes,
  hasGap,
  hasColorBar,
}: RendererUnderTest): void {
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
        { tiles: [{ ...tile, rgb: new Uint8Array(3) }] },
        { tiles: [{ ...tile, x: 1e9 }] },
        { tiles: [{ ...tile, x: -1 }] },
        { tiles: [{ ...tile, missing: new Uint8Array(1) }] },
        { tiles: [{ ...tile, indices: Array.from(tile.indices) }] },
        { tiles: [{ ...tile, channel: Symbol('channel') }] },
        { tiles: [{ ...tile, label: Symbol('label') }] },
        { tiles: new Array(1) },
        { width: 1e9 },
        { height: -1 },
        { columns: 2 ** 31 },
        { rows: 2 ** 31 },
        { domain: [Symbol('lowest'), 1] },
        { colormap: {} },
      ]) {
        await expect(async () => render({ ...figure, ...change } as never)).rejects.toThrow(
          /^figure(\.\w+)*(\[0\](\.\w+)?)?: expected /,
        );
      }
    });

    it.each([null, undefined, {}, { tiles: [] }, 'figure'])('refuses %j as a figure', async (figure) => {
      await expect(async () => render(figure as never)).rejects.toThrow(TypeError);
      await expect(async () => render(figure as never)).rejects.toThrow(/^figure(\.title)?: expected /);
    });

    if (pixelSizes.length > 1) {
      it.each([0, -2, 1.5, Number.NaN, '4' as never])('refuses %s as pixelSize', async (pixelSize) => {
        await expect(async () => decode(figures['no gap']!, { pixelSize })).rejects.toThrow(
          /^pixelSize: expected a whole number of at least 1, got /,
        );
      });
    }

    if (hasColorBar) {
      it.each(Object.entries(figures))('draws colour bars where they belong: %s', async (_, own) => {
        for (const figure of [own, { ...own, domain: [-1, 3] as const }]) {
          const picture = await decode(figure, { pixelSize: 3, title: false, colorBar: true });
          expectColorBars(picture, figure, 3);
        }
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

/** The maps and the boxes of colour bars, byte for byte, with whatever text between them. */
function expectColorBars(picture: RgbaImage, figure: Figure, pixelSize: number): void {
  const layout = layoutPicture(figure, layoutGrid(figure), pixelSize, true);
  const { width, height, grid, gridX, gridY, boxes } = layout;
  expect([picture.width, picture.height]).toEqual([width, height]);
  const { rgba } = figure.colormap;
  const wrong: unknown[] = [];
  const compare = (x: number, y: number, color: Uint8Array) => {
    const at = ((gridY + y) * width + gridX + x) * 4;
    const drawn = picture.data.subarray(at, at + 3);
    if (drawn.some((byte, sample) => byte !== color[sample])) wrong.push({ x, y, color, drawn });
  };
  const colorOf = (index: number) => rgba.subarray(index * 4, index * 4 + 3);
  for (const { x, y, tile } of grid.tiles) {
    tile.indices.forEach((index, cell) => {
      if (tile.missing?.[cell]) return;
      const color = tile.rgb ? tile.rgb.subarray(cell * 3, cell * 3 + 3) : colorOf(index);
      const [left, top] = [x + (cell % tile.width), y + Math.floor(cell / tile.width)];
      for (const [right, down] of [
        [0, 0],
        [pixelSize - 1, pixelSize - 1],
      ] as const)
        compare(left * pixelSize + right, top * pixelSize + down, color);
    });
  }
  for (const { x, y, width, height, index } of boxes) {
    if (index === undefined) continue;
    compare(x, y, colorOf(index));
    compare(x + width - 1, y + height - 1, colorOf(index));
  }
  expect(wrong.slice(0, 3)).toEqual([]);
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
