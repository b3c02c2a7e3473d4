import type { Colormap, Figure, Tile } from '../common/types';
import { colorMaps, type MapColoring } from './colorMaps';
import type { MapRange } from './measureMaps';
import { requireGridSize } from './requireGridSize';
import type { ValueScale } from './valueScales';

/** The maps of one layer for one image: value `p · count + c` of `values` is pixel p of map c. */
export interface Maps {
  readonly width: number;
  /** Height of one slice. */
  readonly height: number;
  readonly count: number;
  /** `slices · height · width · count` values, slice by slice. */
  readonly values: Float32Array;
  /** How many slices each map has. */
  readonly slices?: number;
}

/** The colours of a figure: where in the palette the scale is, and what is set apart. */
export type PaletteUse = Pick<MapColoring, 'first' | 'count' | 'below' | 'above' | 'missing'>;

/** What a figure shows of some maps, and how. */
export interface FigurePlan {
  readonly title: string;
  readonly channels: readonly number[];
  /** Tiles in a row at the most. */
  readonly columns: number;
  readonly gap: number;
  readonly colormap: Colormap;
  readonly ranges: readonly MapRange[];
  /** The range of all maps; without one, each has that of `rangeOf`. */
  readonly domain?: readonly [lowest: number, highest: number] | undefined;
  /** @defaultValue each map's own minimum and maximum */
  readonly rangeOf?: ((channel: number) => readonly [lowest: number, highest: number]) | undefined;
  /** @defaultValue colours follow the values evenly */
  readonly valueScale?: ValueScale | undefined;
  /** @defaultValue all 256 colours are the scale */
  readonly palette?: PaletteUse | undefined;
  readonly lostNaN?: true | undefined;
}

const WHOLE_PALETTE: PaletteUse = { first: 0, count: 256, below: 0, above: 255 };

/** Lays out maps in a grid and colours them: the work of a figure, once everything has been decided. */
export function drawMaps(maps: Maps, plan: FigurePlan): Figure {
  const { width, height, count, values, slices = 1 } = maps;
  const { title, channels, gap, colormap, ranges, domain, valueScale, palette = WHOLE_PALETTE } = plan;
  const tileCount = channels.length * slices;
  const columns = Math.min(plan.columns, tileCount);
  const rows = Math.ceil(tileCount / columns);
  const gridWidth = columns * (width + gap) - gap;
  const gridHeight = rows * (height + gap) - gap;
  requireGridSize('gap', gap, gridWidth, gridHeight);

  const { rangeOf } = plan;
  const own = new Map(rangeOf && !domain ? channels.map((channel) => [channel, rangeOf(channel)]) : []);
  const colored = colorMaps(
    values,
    count,
    channels.map((channel) => {
      const { min, max, allFinite } = ranges[channel]!;
      const [lowest, highest] = domain ?? own.get(channel) ?? [min, max];
      return { channel, allFinite, lowest, highest, valueScale, ...palette };
    }),
  );
  const size = width * height;
  const tiles = Array.from({ length: tileCount }, (_, index): Tile => {
    const [position, slice] = [Math.floor(index / slices), index % slices];
    const channel = channels[position]!;
    const { min, max } = ranges[channel]!;
    const range = own.get(channel);
    const isOther = range && !(Object.is(range[0], min) && Object.is(range[1], max));
    const { indices, missing } = colored[position]!;
    const part = (cells: Uint8Array) =>
      slices === 1 ? cells : cells.subarray(slice * size, (slice + 1) * size);
    return {
      x: (index % columns) * (width + gap),
      y: Math.floor(index / columns) * (height + gap),
      width,
      height,
      channel,
      ...(slices > 1 && { slice }),
      min,
      max,
      ...(isOther && { domain: range }),
      indices: part(indices),
      ...(missing && { missing: part(missing) }),
    };
  });
  const { first, count: colors } = palette;
  return {
    title,
    width: gridWidth,
    height: gridHeight,
    columns,
    rows,
    tiles,
    colormap,
    ...(colors < 256 && { gradient: [first, first + colors - 1] as const }),
    ...(valueScale && { scale: valueScale.name }),
    ...(domain && { domain }),
    ...(plan.lostNaN && { lostNaN: plan.lostNaN }),
  };
}
