import { describeValue, requireString } from '../../common/errors';
import { requireActivation } from '../../common/requireActivation';
import { requireFigure } from '../../common/requireFigure';
import { requireOptions } from '../../common/requireOptions';
import type { Activation, Figure, PixelImage } from '../../common/types';
import type { LayerSummary } from '../../model/listLayers';
import { describeActivations } from '../../statistics/describeActivations';
import type { LayerStatistics } from '../../statistics/LayerStatistics';
import { PICTURE_OPTIONS } from '../grid/preparePicture';
import { toRgbaPixels } from '../overlay/toRgbaPixels';
import { encodeRgba } from '../png/encodeRgba';
import { escapeXml } from '../svg/escapeXml';
import { type RenderSvgOptions, renderSvg } from '../svg/renderSvg';
import { toDataUrl } from '../svg/toDataUrl';
import { drawHistogram } from './drawHistogram';
import { drawLayerTable, drawStatistics } from './drawTables';
import { styles } from './styles';

/** A figure, or one with the numbers behind it, as `visualizeLayers` returns them. */
export type ReportItem = Figure | { readonly figure: Figure; readonly activation?: Activation };

export interface RenderHtmlOptions {
  /**
   * Heading of the page.
   * @defaultValue `'What the layers see'`
   */
  title?: string | undefined;
  /** The image that went in, for the top of the page: pixels, as `img` of `renderOverlay` is. */
  img?: PixelImage | undefined;
  /** What `listLayers` returns, for a table of all layers. */
  layers?: readonly LayerSummary[] | undefined;
  /** A few words below the heading. */
  note?: string | undefined;
  /**
   * How the figures are drawn. Unless this says otherwise, each has a colour bar, or one for each map of up to 64; of more, the
   * ranges are in the tooltips alone.
   */
  svg?: Omit<RenderSvgOptions, 'title'> | undefined;
}

/** Colour bars of single maps at the most: so many ranges can still be read. */
const MOST_BARS = 64;

/**
 * Renders figures as one HTML page to send to somebody: each figure, where its activation is there the statistics of its
 * layer, and a table of the layers. The page needs nothing else: no script, no other file. It is light or dark as its reader
 * likes it, and can be printed.
 *
 * @returns The whole document.
 * @throws TypeError or RangeError naming the argument that is wrong.
 */
export function renderHtml(figures: readonly ReportItem[], options: RenderHtmlOptions = {}): string {
  requireOptions(options, { title: true, img: true, layers: true, note: true, svg: true });
  const { title = 'What the layers see', note, img, layers, svg = {} } = options;
  requireOptions(svg, { ...PICTURE_OPTIONS, pixels: true, title: false }, 'svg');
  requireString('title', title);
  if (note !== undefined) requireString('note', note);
  if (layers !== undefined && !Array.isArray(layers)) {
    throw new TypeError(`layers: expected what listLayers returns, got ${describeValue(layers)}`);
  }
  if (!Array.isArray(figures)) {
    throw new TypeError(`figures: expected an array of figures, got ${describeValue(figures)}`);
  }
  if (layers) [...layers].forEach(requireSummary);
  const sections = Array.from(figures, (item: ReportItem, index) => drawSection(item, index, svg));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${styles}</style>
</head>
<body>
<header>
${img === undefined ? '' : drawInput(img)}
<div>
<h1>${escapeXml(title)}</h1>
${note === undefined ? '' : `<p>${escapeXml(note)}</p>`}
<p class="quiet">${figures.length === 1 ? '1 figure' : `${figures.length} figures`}, made with layerscope</p>
</div>
</header>
<main>
${sections.join('\n')}
${layers ? drawLayerTable(layers) : ''}
</main>
</body>
</html>
`;
}

function drawSection(item: ReportItem, index: number, options: Omit<RenderSvgOptions, 'title'>): string {
  const figure = isObject(item) && 'tiles' in item ? item : item?.figure;
  if (!Array.isArray(figure?.tiles)) {
    throw new TypeError(
      `figures[${index}]: expected a figure, or an object with one, got ${describeValue(item)}`,
    );
  }
  requireFigure(figure, `figures[${index}]`);
  const activation = 'tiles' in item ? undefined : item.activation;
  if (activation !== undefined) requireActivation(activation, `figures[${index}].activation`);
  const statistics = activation && describeActivations(activation);
  const picture = renderSvg(figure, {
    colorBar: figure.domain !== undefined || figure.tiles.length <= MOST_BARS,
    background: 'transparent',
    color: '#1b1e25',
    ...options,
    title: false,
  });
  return `<section aria-labelledby="figure-${index}">
<h2 id="figure-${index}">${escapeXml(figure.title)}</h2>
<div class="picture" tabindex="0" role="group" aria-labelledby="figure-${index}">${picture}</div>
${statistics && activation ? drawNumbers(activation, statistics) : ''}
</section>`;
}

function isObject(item: unknown): item is object {
  return typeof item === 'object' && item !== null;
}

/** A shape; what is open is null. */
function isSizes(shape: unknown): boolean {
  return Array.isArray(shape) && [...shape].every((size) => size === null || typeof size === 'number');
}

function requireSummary(layer: LayerSummary, index: number): void {
  const isSummary =
    typeof layer?.path === 'string' &&
    typeof layer.className === 'string' &&
    isSizes(layer.outputShape) &&
    typeof layer.parameters === 'number' &&
    (layer.receptiveField === undefined || isSizes(layer.receptiveField));
  if (isSummary) return;
  throw new TypeError(`layers[${index}]: expected what listLayers returns, got ${describeValue(layer)}`);
}

function drawNumbers(activation: Activation, statistics: LayerStatistics): string {
  return `<div class="numbers">
${drawStatistics(activation, statistics)}
${drawHistogram(statistics.histogram)}
</div>`;
}

function drawInput(img: PixelImage): string {
  const { width, height, ...pixels } = toRgbaPixels(img);
  const url = toDataUrl('image/png', encodeRgba({ width, height, ...pixels }, 6));
  return `<img src="${url}" alt="The image that went in, ${width} by ${height} pixels">`;
}
