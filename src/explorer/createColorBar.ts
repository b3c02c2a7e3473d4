import { formatValue } from '../common/formatValue';
import type { Colormap } from '../common/types';
import { type MakeElement, setText } from './elements';

/** A strip of colours with the values at its ends. */
export interface ColorBar {
  readonly root: HTMLElement;
  draw(lowest: number, highest: number): void;
}

export function createColorBar(make: MakeElement, colormap: Colormap): ColorBar {
  const [from, to] = [make('span'), make('span')];
  const strip = make('canvas', { part: 'strip', width: 256, height: 1, aria: { 'aria-hidden': 'true' } });
  const pixels = new ImageData(new Uint8ClampedArray(colormap.rgba), 256, 1);
  strip.getContext('2d')!.putImageData(pixels, 0, 0);
  const root = make('div', { part: 'bar', aria: { role: 'img' } }, from, strip, to);
  return {
    root,
    draw(lowest, highest) {
      const [low, high] = [formatValue(lowest), formatValue(highest)];
      setText(from, low);
      setText(to, high);
      root.setAttribute('aria-label', `Colours from ${low} to ${high}`);
    },
  };
}
