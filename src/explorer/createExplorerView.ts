import type { Activation } from '../common/types';
import type { CloserLook } from './createCloserLook';
import { createDetailContent } from './createDetailContent';
import type { DetailEvents, MapPixel } from './createDetailView';
import { createLayerState, type LayerState } from './createLayerState';
import { createLayerView } from './createLayerView';
import { createOutputView } from './createOutputView';
import { createSightView } from './createSightView';
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
  const { columns, maps, classNames } = initial;
  const settings = { ...initial };
  const unfolded = new Set<number>();
  let look: Look | undefined;
  let states: LayerState[] = [];
  let closer: CloserLook | undefined;
  let open: OpenMap | undefined;
  let pointed: Pointed | undefined;
  let announcement: number | undefined;

  const input = createSightView(make, (pixel) => point(pixel));
  const output = createOutputView(make, classNames);
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
  const side = make('div', { part: 'side' }, input.root, output.root);
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
    states = look.activations.map((activation, layer) =>
      createLayerState(
        activation,
        drawFigure,
        settings,
        unfolded.has(layer) ? Number.POSITIVE_INFINITY : maps,
      ),
    );
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
    const { details } = layers[layer]!;
    if (detail.root.parentNode !== details) details.append(detail.root);
    detail.draw(createDetailContent(network.layers[layer]!, channel, states[layer]!, closer, settings));
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
    const sight =
      look && pointed && map && closer?.trace(look.input, nameOf(map), pointed.row, pointed.column);
    input.mark(sight?.field);
    if (!look || !pointed) {
      input.invite(look ? 'Point at a value to see what it saw.' : 'No image yet.');
      return;
    }
    if (!map) {
      input.say('input', pointed, valuesAt(look.input, pointed), '');
      return;
    }
    const { shape, data } = states[map.layer]!.activation;
    const [, , width, channels] = shape as [number, number, number, number];
    const value = valuesAt({ width, channels, data }, pointed)[map.channel]!;
    input.say(
      `${network.layers[map.layer]!.title} · map ${map.channel}`,
      pointed,
      [value],
      sight?.words ?? '',
    );
    // The pointer says nothing to those who hear the page; the keyboard does.
    if (closer?.detail.isInUse()) {
      setText(status, `row ${pointed.row}, column ${pointed.column}: ${input.describe()}`);
    }
  }

  function nameOf({ layer }: OpenMap): string {
    return network.layers[layer]!.name;
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

/** The values of one pixel, a channel each. */
function valuesAt(
  { width, channels, data }: Pick<InputValues, 'width' | 'channels' | 'data'>,
  { row, column }: MapPixel,
): Float32Array {
  const at = (row * width + column) * channels;
  return data.subarray(at, at + channels);
}
