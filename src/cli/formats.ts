import type { CreateCanvas } from '../common/canvasLike';
import type { Activation, Figure, PixelImage } from '../common/types';
import type { LayerSummary } from '../model/listLayers';
import type { DrawingOptions } from './DrawingOptions';

/** What there is to be drawn. */
export interface Drawing {
  /** Figures, each with the name of its file, which has no ending yet. */
  readonly figures: readonly {
    readonly name: string;
    readonly figure: Figure;
    readonly activation?: Activation;
  }[];
  readonly options: DrawingOptions;
  /** Absent where @napi-rs/canvas is not installed. */
  readonly createCanvas: CreateCanvas | undefined;
  /** What a report says besides; nothing of kernels. */
  readonly about: { readonly img?: PixelImage; readonly layers?: () => readonly LayerSummary[] };
}

type OutputFile = readonly [name: string, content: Uint8Array | string];

/** Draws the files of one format; what goes to the terminal is no file. */
export interface Format {
  readonly drawFiles?: (drawing: Drawing) => Promise<readonly OutputFile[]>;
}

const TABLE = {
  png: {
    async drawFiles({ figures, options: { width: _, ...options }, createCanvas }) {
      const { renderPng } = await import('../render/png/renderPng');
      // Without a canvas there is no title.
      const picture = { title: createCanvas !== undefined, ...options, createCanvas };
      return await Promise.all(
        figures.map(async ({ name, figure }) => [`${name}.png`, await renderPng(figure, picture)] as const),
      );
    },
  },
  svg: {
    async drawFiles({ figures, options: { width: _, ...options } }) {
      const { renderSvg } = await import('../render/svg/renderSvg');
      return figures.map(({ name, figure }) => [`${name}.svg`, renderSvg(figure, options)] as const);
    },
  },
  html: {
    async drawFiles({
      figures,
      options: { pixelSize, color, fontFamily, background },
      about: { img, layers },
    }) {
      const { renderHtml } = await import('../render/html/renderHtml');
      const given = Object.entries({ pixelSize, color, fontFamily, background });
      const svg = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      return [['report.html', renderHtml(figures, { img, layers: layers?.(), svg })]];
    },
  },
  terminal: {},
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof TABLE;

/** What `--format` takes. Renderers are loaded when they are asked for. */
export const FORMATS: Readonly<Record<FormatName, Format>> = TABLE;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];
