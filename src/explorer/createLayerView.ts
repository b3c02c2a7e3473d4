import type { Figure } from '../common/types';
import type { MapStatistics } from '../statistics/describeMaps';
import { drawTiles } from './drawTiles';
import { type MakeElement, setText } from './elements';
import { findPixel, type TileLayout, type TilePixel } from './layoutTiles';
import { watchPointer } from './watchPointer';

/** One layer: what it is, and its maps. */
export interface LayerView {
  readonly root: HTMLElement;
  /** Where the details of a map stand while they are open. */
  readonly details: HTMLElement;
  draw(content: LayerContent): void;
  /** Frames a value of the maps, or none. */
  point(pixel: TilePixel | undefined): void;
  /** Marks the map that is open, and leaves the others. */
  select(channel: number | undefined): void;
  /** Puts the keyboard on a map. */
  focus(index: number): void;
}

/** All that a layer view shows. */
interface LayerContent {
  /** Drawn without gaps: the layout has them. */
  readonly figure: Figure;
  readonly statistics: readonly MapStatistics[];
  readonly layout: TileLayout;
  readonly devicePixelRatio: number;
  /** Under the name: class, shape, parameters. */
  readonly summary: string;
  /** Over the maps: how many, in which order, what is dead. */
  readonly caption: string;
  /** Maps that are not shown. */
  readonly hidden: number;
  /** Whether the order is another than that of the channels, so that each map needs its number. */
  readonly numbered: boolean;
}

export interface LayerEvents {
  onPoint(pixel: TilePixel | undefined): void;
  onOpen(index: number): void;
  onMove(index: number): void;
  onClose(): void;
  onShowAll(): void;
}

export function createLayerView(make: MakeElement, name: string, events: LayerEvents): LayerView {
  const summary = make('span', { part: 'quiet' });
  const caption = make('p', { part: 'quiet' });
  const canvas = make('canvas', { part: 'pixels', aria: { 'aria-hidden': 'true' } });
  const scratch = make('canvas');
  const tiles = make('div', {
    part: 'tiles',
    aria: { role: 'group', 'aria-label': `Feature maps of ${name}` },
  });
  const cursor = make('i', { part: 'cursor', hidden: true });
  const stage = make('div', { part: 'stage' }, canvas, tiles, cursor);
  const more = make('button', { part: 'button', type: 'button', onclick: events.onShowAll });
  const details = make('div');
  const root = make(
    'section',
    { part: 'layer' },
    make('h2', {}, make('span', { part: 'name' }, name), ' ', summary),
    caption,
    stage,
    more,
    details,
  );
  let shown: LayerContent | undefined;
  let selected: number | undefined;
  let reachable = 0; // The one map that the tab key goes to.

  const placed: string[] = [];
  function place(button: HTMLElement, index: number): void {
    const { figure, statistics, layout, numbered } = shown!;
    const { channel } = figure.tiles[index]!;
    const dead = statistics[channel]!.dead;
    const state = [channel, dead, numbered, channel === selected, layout.tileWidth, layout.tileHeight].join();
    if (placed[index] === state) return; // Most frames change nothing here, and the page would restyle it all.
    placed[index] = state;
    setText(button, dead ? `${channel} dead` : String(channel));
    button.setAttribute('aria-label', `${name}, map ${channel}${dead ? ', dead: all zero' : ''}`);
    button.setAttribute('aria-pressed', String(channel === selected));
    button.toggleAttribute('data-dead', dead);
    button.toggleAttribute('data-numbered', numbered || dead);
    button.tabIndex = index === reachable ? 0 : -1;
    Object.assign(button.style, { width: `${layout.tileWidth}px`, height: `${layout.tileHeight}px` });
  }

  function placeAll(): void {
    [...tiles.children].forEach((button, index) => {
      place(button as HTMLElement, index);
    });
  }

  function indexOf(target: EventTarget | null): number {
    return [...tiles.children].indexOf(target as Element);
  }

  tiles.addEventListener('click', ({ target }) => {
    const index = indexOf(target);
    if (index >= 0) events.onOpen(index);
  });
  tiles.addEventListener('focusin', ({ target }) => {
    const index = indexOf(target);
    (tiles.children[reachable] as HTMLElement | undefined)?.setAttribute('tabindex', '-1');
    (target as HTMLElement).tabIndex = 0;
    reachable = index;
    events.onMove(index);
  });
  tiles.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') events.onClose();
    const step = stepOf(event.key, shown!.layout.columns);
    if (step === undefined) return;
    event.preventDefault();
    const last = tiles.children.length - 1;
    const to = reachable + step;
    // Up from the first row and down from the last stay; Home and End go as far as there is.
    if (Number.isFinite(step) && (to < 0 || to > last)) return;
    view.focus(Math.min(last, Math.max(0, to)));
  });
  watchPointer(stage, stage, (at) => {
    if (!shown) return;
    const { layout, figure } = shown;
    const { width, height } = figure.tiles[0]!;
    events.onPoint(at && findPixel(layout, figure.tiles.length, width, height, at.x, at.y));
  });

  const view: LayerView = {
    root,
    details,
    draw(content) {
      shown = content;
      const { figure, layout, hidden } = content;
      drawTiles(canvas, scratch, figure, layout, content.devicePixelRatio);
      setText(summary, content.summary);
      setText(caption, content.caption);
      setText(more, `Show all ${figure.tiles.length + hidden} maps`);
      more.hidden = hidden === 0;
      while (tiles.children.length < figure.tiles.length) tiles.append(make('button', { type: 'button' }));
      while (tiles.children.length > figure.tiles.length) tiles.lastChild!.remove();
      reachable = Math.min(reachable, figure.tiles.length - 1);
      tiles.style.gap = `${layout.gap}px`;
      tiles.style.gridTemplateColumns = `repeat(${layout.columns}, ${layout.tileWidth}px)`;
      placed.length = figure.tiles.length;
      placeAll();
    },
    select(channel) {
      selected = channel;
      if (shown) placeAll();
    },
    point(pixel) {
      cursor.hidden = pixel === undefined;
      if (!pixel || !shown) return;
      const { columns, tileWidth, tileHeight, gap } = shown.layout;
      const { width, height } = shown.figure.tiles[pixel.index]!;
      const x = (pixel.index % columns) * (tileWidth + gap) + (pixel.column * tileWidth) / width;
      const y = Math.floor(pixel.index / columns) * (tileHeight + gap) + (pixel.row * tileHeight) / height;
      Object.assign(cursor.style, {
        transform: `translate(${x}px, ${y}px)`,
        width: `${tileWidth / width}px`,
        height: `${tileHeight / height}px`,
      });
    },
    focus(index) {
      (tiles.children[index] as HTMLElement | undefined)?.focus();
    },
  };
  return view;
}

/** How far a key goes among the maps; `undefined` for other keys. */
function stepOf(key: string, columns: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  return steps[key];
}
