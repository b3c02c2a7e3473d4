import { formatValue } from '../common/formatValue';
import type { Colormap, Figure } from '../common/types';
import { diverging } from '../figure/color/diverging';
import { computeHistogram } from '../statistics/computeHistogram';
import type { MapStatistics } from '../statistics/describeMaps';
import { createColorBar } from './createColorBar';
import { drawFigure } from './drawFigure';
import { drawPixels, gridOf } from './drawTiles';
import { type MakeElement, setText } from './elements';
import { formatShare } from './formatShare';
import type { Kernel } from './readKernel';
import { findSquare, watchPointer } from './watchPointer';

/** One map, large, with its values, their spread, and the kernel that made it. */
export interface DetailView {
  readonly root: HTMLElement;
  draw(content: DetailContent): void;
  /** Frames a value of the map, or none. */
  point(pixel: MapPixel | undefined): void;
  /** Whether the keyboard is on the large map. */
  isInUse(): boolean;
}

export interface MapPixel {
  readonly row: number;
  readonly column: number;
}

/** What is shown of the map. */
export interface DetailContent {
  readonly title: string;
  /** The one map. */
  readonly figure: Figure;
  readonly statistics: MapStatistics;
  /** Its values, row by row. */
  readonly values: Float32Array;
  /** Values of the first and the last colour. */
  readonly range: readonly [lowest: number, highest: number];
  /** Whose range that is. */
  readonly rangeOf: string;
  readonly kernel: Kernel | undefined;
}

export interface DetailEvents {
  onPoint(pixel: MapPixel | undefined): void;
  onStep(step: -1 | 1): void;
  onClose(): void;
}

const BINS = 40;
/** Planes of a kernel that are drawn at the most. */
const MOST_PLANES = 64;

export function createDetailView(make: MakeElement, colormap: Colormap, events: DetailEvents): DetailView {
  const title = make('h3');
  const canvas = make('canvas', { part: 'pixels' });
  const cursor = make('i', { part: 'cursor', hidden: true });
  const map = make(
    'div',
    {
      part: 'large',
      tabIndex: 0,
      aria: { role: 'application', 'aria-roledescription': 'feature map' },
    },
    canvas,
    cursor,
  );
  const bar = createColorBar(make, colormap);
  const rangeOf = make('p', { part: 'quiet' });
  const numbers = make('p', { part: 'numbers' });
  const histogram = make('div', { part: 'histogram', aria: { role: 'img' } });
  for (let bin = 0; bin < BINS; bin++) histogram.append(make('i'));
  const spread = make('p', { part: 'ends' }, make('span'), make('span'));
  const kernelTitle = make('h4');
  const kernelCanvas = make('canvas', { part: 'pixels', aria: { role: 'img' } });
  const kernelBar = createColorBar(make, diverging);
  const kernelPart = make('div', {}, kernelTitle, kernelCanvas, kernelBar.root);
  const button = (text: string, label: string, onclick: () => void) =>
    make(
      'button',
      { part: 'button', type: 'button', onclick, aria: { 'aria-label': label, title: label } },
      text,
    );
  const root = make(
    'div',
    { part: 'card detail', hidden: true, aria: { role: 'group', 'aria-label': 'Feature map in detail' } },
    make(
      'div',
      { part: 'head' },
      title,
      button('←', 'Previous map', () => events.onStep(-1)),
      button('→', 'Next map', () => events.onStep(1)),
      button('×', 'Close', () => events.onClose()),
    ),
    make('div', {}, map, bar.root, rangeOf),
    make('div', {}, numbers, make('h4', {}, 'Histogram of its values'), histogram, spread, kernelPart),
  );
  let shown: DetailContent | undefined;
  let drawnKernel: Kernel | undefined;
  let at: MapPixel | undefined;

  watchPointer(map, canvas, (at) => {
    if (shown) events.onPoint(findSquare(at, shown.figure.height, shown.figure.width));
  });
  map.addEventListener('focus', () => {
    if (map.matches(':focus-visible')) events.onPoint(at ?? { row: 0, column: 0 });
  });
  map.addEventListener('blur', () => events.onPoint(undefined));
  map.addEventListener('keydown', (event) => {
    const [down, across] = DIRECTIONS[event.key] ?? [];
    if (down === undefined || across === undefined || !shown) return;
    event.preventDefault();
    const { width, height } = shown.figure;
    const { row, column } = at ?? { row: 0, column: 0 };
    events.onPoint({
      row: Math.min(height - 1, Math.max(0, row + down)),
      column: Math.min(width - 1, Math.max(0, column + across)),
    });
  });
  root.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') events.onClose();
  });

  function drawHistogram(values: Float32Array, min: number, max: number): void {
    const counts = computeHistogram(values, BINS, min, max);
    const most = Math.max(1, ...counts);
    counts.forEach((count, bin) => {
      // By the root, so that a bin of one value among hundreds of zeros can be seen.
      (histogram.children[bin] as HTMLElement).style.height = `${100 * Math.sqrt(count / most)}%`;
    });
    const [from, to] = spread.children as unknown as [HTMLElement, HTMLElement];
    setText(from, formatValue(min));
    setText(to, formatValue(max));
    histogram.setAttribute('aria-label', `Histogram from ${formatValue(min)} to ${formatValue(max)}`);
  }

  function drawKernel(kernel: Kernel | undefined): void {
    kernelPart.hidden = kernel === undefined;
    if (!kernel || kernel === drawnKernel) return;
    drawnKernel = kernel;
    const { height, width, planes, data } = kernel;
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const count = Math.min(planes, MOST_PLANES);
    const figure = drawFigure(
      { layerName: '', className: '', shape: [1, height, width, planes], data },
      {
        scaling: [-largest, largest],
        colormap: diverging,
        channels: Array.from({ length: count }, (_, plane) => plane),
        gap: 1,
      },
    );
    drawPixels(kernelCanvas, gridOf(figure), diverging);
    const scale = Math.max(1, Math.min(16, Math.floor(240 / figure.width)));
    Object.assign(kernelCanvas.style, {
      width: `${figure.width * scale}px`,
      height: `${figure.height * scale}px`,
    });
    const some = count < planes ? `, ${count} of ${planes} shown` : '';
    setText(
      kernelTitle,
      `Kernel, ${height} × ${width}${planes > 1 ? ` for each of ${planes} maps below${some}` : ''}`,
    );
    kernelCanvas.setAttribute(
      'aria-label',
      `Weights of the kernel from ${formatValue(-largest)} to ${formatValue(largest)}`,
    );
    kernelBar.draw(-largest, largest);
  }

  return {
    root,
    draw(content) {
      shown = content;
      const { figure, statistics, range } = content;
      const { min, max, mean, zeros, nonFinite } = statistics;
      root.hidden = false;
      setText(title, content.title);
      drawPixels(canvas, gridOf(figure), colormap);
      map.style.aspectRatio = `${figure.width} / ${figure.height}`;
      map.setAttribute(
        'aria-label',
        `${content.title}, ${figure.height} rows, ${figure.width} columns. Arrow keys go from value to value.`,
      );
      bar.draw(...range);
      setText(rangeOf, content.rangeOf);
      setText(
        numbers,
        `minimum ${formatValue(min)} · maximum ${formatValue(max)} · mean ${formatValue(mean)} · ${formatShare(zeros)} zeros` +
          (nonFinite > 0 ? ` · ${formatShare(nonFinite)} not finite` : ''),
      );
      drawHistogram(content.values, min, max);
      drawKernel(content.kernel);
    },
    point(pixel) {
      at = pixel ?? at;
      cursor.hidden = pixel === undefined;
      if (!pixel || !shown) return;
      const { width, height } = shown.figure;
      Object.assign(cursor.style, {
        left: `${(pixel.column / width) * 100}%`,
        top: `${(pixel.row / height) * 100}%`,
        width: `${100 / width}%`,
        height: `${100 / height}%`,
      });
    },
    isInUse: () => map.matches(':focus-visible'),
  };
}

const DIRECTIONS: Readonly<Record<string, readonly [down: number, across: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};
