import { formatValue } from '../common/formatValue';
import type { Activation, Figure } from '../common/types';
import { describeMaps, type MapStatistics } from '../statistics/describeMaps';
import { sortChannels } from '../statistics/sortChannels';
import type { CloserLook } from './createCloserLook';
import type { DetailEvents, MapPixel } from './createDetailView';
import { createInputView } from './createInputView';
import { createLayerView } from './createLayerView';
import { createOutputView } from './createOutputView';
import { describeLayer } from './describeLayer';
import { type MakeElement, setText } from './elements';
import { layoutTiles } from './layoutTiles';
import type { InputValues, Look, Network } from './openNetwork';
import type { ExplorerSettings } from './readSettings';

/** Everything that is on the page. */
export interface ExplorerView {
  readonly root: HTMLElement;
  draw(look: Look): void;
  /** Shows an error as a message and leaves the rest as it is. */
  complain(error: unknown): void;
  /** Takes what was loaded for a closer look. */
  equip(closer: CloserLook): void;
  /** What the reader does in the details. */
  readonly detailEvents: DetailEvents;
  toSvg(): string;
  destroy(): void;
}

/** What is shown of one layer. */
interface LayerState {
  readonly activation: Activation;
  readonly statistics: readonly MapStatistics[];
  readonly order: readonly number[];
  readonly figure: Figure;
  readonly caption: string;
}

/** A value that is pointed at; of the input where no map is named. */
interface Pointed extends MapPixel {
  readonly map?: OpenMap;
}

interface OpenMap {
  readonly layer: number;
  readonly channel: number;
}

/** Width of a map at the most, in CSS pixels. */
const LARGEST_TILE = 144;

/** How long nothing must change before what is predicted is read out, in milliseconds. */
const QUIET = 800;

/**
 * Builds the view. All of its state is here, and goes one way: what the reader does changes a setting, and everything
 * that follows from it is drawn again.
 */
export function createExplorerView(
  window: Window & typeof globalThis,
  make: MakeElement,
  network: Network,
  initial: ExplorerSettings,
): ExplorerView {
  const { columns, maps, classNames, colormap } = initial;
  const settings = { scaling: initial.scaling, sort: initial.sort };
  const unfolded = new Set<number>();
  let look: Look | undefined;
  let states: LayerState[] = [];
  let closer: CloserLook | undefined;
  let open: OpenMap | undefined;
  let pointed: Pointed | undefined;
  let announcement: number | undefined;

  const input = createInputView(make, (pixel) => point(pixel));
  const output = createOutputView(make, classNames);
  const place = make('p', { part: 'place' });
  const value = make('p', { part: 'value' });
  const saw = make('p', { part: 'quiet' });
  const message = make('p', { part: 'message', hidden: true, aria: { role: 'alert' } });
  const status = make('p', { part: 'unseen', aria: { role: 'status' } });
  const detailEvents: DetailEvents = {
    onPoint: (pixel) => point(pixel && open && { ...pixel, map: open }),
    onStep(step) {
      if (!open) return;
      const { order } = states[open.layer]!;
      const channel = order[order.indexOf(open.channel) + step];
      if (channel !== undefined) openMap({ layer: open.layer, channel });
    },
    onClose: () => closeMap(),
  };
  const layers = network.layers.map(({ title }, layer) =>
    createLayerView(make, title, {
      onPoint(pixel) {
        const channel = pixel && states[layer]!.figure.tiles[pixel.index]!.channel;
        point(channel === undefined ? undefined : { ...pixel!, map: { layer, channel } });
      },
      onOpen: (index) => openMap({ layer, channel: states[layer]!.figure.tiles[index]!.channel }),
      onMove(index) {
        const { channel } = states[layer]!.figure.tiles[index]!;
        if (open) openMap({ layer, channel });
      },
      onClose: () => closeMap(),
      onShowAll() {
        unfolded.add(layer);
        drawLayers();
      },
    }),
  );
  const main = make(
    'div',
    { part: 'main' },
    make('div', { part: 'place-of-controls' }),
    ...layers.map(({ root }) => root),
  );
  const side = make(
    'div',
    { part: 'side' },
    make(
      'div',
      { part: 'card sight' },
      make('h2', {}, 'Input'),
      input.root,
      make('div', {}, place, value, saw),
    ),
    output.root,
  );
  const root = make('div', { part: 'explorer' }, make('div', { part: 'frame' }, message, side, main), status);
  root.dataset.theme = initial.theme;
  root.toggleAttribute('data-empty', true);

  // Reading a size makes the page lay itself out at once, so not at each frame.
  let available = 0;
  const observer = new window.ResizeObserver(() => {
    available = main.clientWidth;
    drawLayers();
  });
  observer.observe(main);

  /** Draws all layers as the settings are now, for the present look. */
  function drawLayers(): void {
    if (!look || !closer) return;
    const { drawFigure } = closer;
    const devicePixelRatio = window.devicePixelRatio;
    available ||= main.clientWidth;
    states = look.activations.map((activation, layer): LayerState => {
      const statistics = describeMaps(activation);
      const sorted = sortChannels(statistics, settings.sort);
      const order = unfolded.has(layer) ? sorted : sorted.slice(0, maps);
      const figure = drawFigure(activation, {
        channels: order,
        scaling: settings.scaling,
        columns,
        colormap,
      });
      return {
        activation,
        statistics,
        order,
        figure,
        caption: describeLayer(statistics, figure, settings.sort),
      };
    });
    states.forEach(({ activation, statistics, order, figure, caption }, layer) => {
      const [, height, width] = activation.shape as [number, number, number, number];
      layers[layer]!.draw({
        figure,
        statistics,
        layout: layoutTiles(available, columns, width, height, devicePixelRatio, LARGEST_TILE),
        devicePixelRatio,
        summary: summaryOf(layer, activation),
        caption,
        hidden: statistics.length - order.length,
        numbered: settings.sort !== 'index',
      });
    });
    drawDetail();
    drawPointed();
  }

  function summaryOf(layer: number, { shape }: Activation): string {
    const { className, parameters } = network.layers[layer]!;
    return `${className} · ${shape.slice(1).join(' × ')} · ${parameters}`;
  }

  function drawDetail(): void {
    layers.forEach((view, layer) => {
      view.select(open?.layer === layer ? open.channel : undefined);
    });
    if (!closer) return;
    const { detail } = closer;
    detail.root.hidden = open === undefined;
    if (!open) return;
    const { layer, channel } = open;
    const { activation, statistics } = states[layer]!;
    const { name, title } = network.layers[layer]!;
    const count = statistics.length;
    const figure = closer.drawFigure(activation, {
      channels: [channel],
      scaling: settings.scaling,
      colormap,
    });
    const { min, max } = figure.tiles[0]!;
    if (detail.root.parentNode !== layers[layer]!.details) layers[layer]!.details.append(detail.root);
    detail.draw({
      title: `${title}, map ${channel} of ${count}`,
      figure,
      statistics: statistics[channel]!,
      values: activation.data.filter((_, at) => at % count === channel),
      range: figure.domain ?? [min, max],
      rangeOf: RANGES[typeof settings.scaling === 'string' ? settings.scaling : 'fixed']!,
      kernel: closer.readKernel(name, channel),
    });
  }

  function openMap(map: OpenMap): void {
    if (open?.layer === map.layer && open.channel === map.channel) return;
    open = map;
    drawDetail();
    drawPointed();
  }

  function closeMap(): void {
    if (!open) return;
    const { layer, channel } = open;
    const hadFocus = closer?.detail.root.contains(window.document.activeElement);
    open = undefined;
    if (pointed?.map) pointed = undefined;
    drawDetail();
    drawPointed();
    if (hadFocus) layers[layer]!.focus(states[layer]!.order.indexOf(channel));
  }

  function point(at: Pointed | undefined): void {
    pointed = at;
    drawPointed();
  }

  /** The value that is pointed at: framed wherever it is shown, spelt out, and what it saw of the input. */
  function drawPointed(): void {
    const map = pointed?.map;
    layers.forEach((view, layer) => {
      const index = map?.layer === layer ? states[layer]!.order.indexOf(map.channel) : -1;
      view.point(pointed && index >= 0 ? { ...pointed, index } : undefined);
    });
    const inDetail = pointed && map && open?.layer === map.layer && open.channel === map.channel;
    closer?.detail.point(inDetail ? pointed : undefined);
    if (!look || !pointed) {
      input.mark(undefined);
      setText(place, '');
      setText(value, '');
      setText(saw, look ? 'Point at a value to see what it saw.' : 'No image yet.');
      return;
    }
    const { row, column } = pointed;
    if (!map) {
      input.mark(undefined);
      setText(place, `input · row ${row}, column ${column}`);
      setText(
        value,
        valuesAt(look.input, row, column)
          .map((value) => formatValue(value))
          .join(', '),
      );
      setText(saw, '');
      return;
    }
    const { activation } = states[map.layer]!;
    const [, , width, count] = activation.shape as [number, number, number, number];
    const { name, title } = network.layers[map.layer]!;
    const sight = closer?.trace(look.input, name, row, column);
    input.mark(sight?.field);
    setText(place, `${title} · map ${map.channel} · row ${row}, column ${column}`);
    setText(value, formatValue(activation.data[(row * width + column) * count + map.channel]!));
    setText(saw, sight?.words ?? '');
    // The pointer says nothing to those who hear the page; the keyboard does.
    if (closer?.detail.isInUse()) {
      setText(status, `row ${row}, column ${column}: ${value.textContent}, ${saw.textContent}`);
    }
  }

  function announce(): void {
    window.clearTimeout(announcement);
    announcement = window.setTimeout(() => setText(status, output.describe()), QUIET);
  }

  return {
    root,
    draw(next) {
      const { width, height } = next.input;
      if (look?.input.width !== width || look.input.height !== height) pointed = undefined;
      look = next;
      message.hidden = true;
      root.removeAttribute('data-empty');
      input.draw(next.input);
      if (next.output) output.draw(next.output);
      drawLayers();
      announce();
    },
    detailEvents,
    equip(loaded) {
      closer = loaded;
      const controls = closer.createControls(settings, (change) => {
        Object.assign(settings, change);
        drawLayers();
      });
      main.firstElementChild!.append(controls);
    },
    complain(error) {
      message.hidden = false;
      setText(message, error instanceof Error ? error.message : String(error));
    },
    toSvg() {
      if (!look || !closer) throw new Error('explorer: expected an image to have been shown, got none yet');
      const figures = states.map(({ figure, caption }, layer) => {
        return { figure, title: network.layers[layer]!.title, note: caption };
      });
      return closer.exportSvg(window.document, input.canvas, look, classNames, figures);
    },
    destroy() {
      window.clearTimeout(announcement);
      observer.disconnect();
      root.remove();
    },
  };
}

const RANGES: Readonly<Record<string, string>> = {
  map: 'range of this map',
  layer: 'range of all maps of the layer',
  fixed: 'fixed range',
};

function valuesAt({ width, channels, data }: InputValues, row: number, column: number): number[] {
  const at = (row * width + column) * channels;
  return [...data.subarray(at, at + channels)];
}
