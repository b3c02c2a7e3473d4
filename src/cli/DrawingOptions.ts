import type { RenderPngOptions } from '../render/png/renderPng';
import type { RenderTerminalOptions } from '../render/terminal/renderTerminal';

/** Options of the renderers; each takes those that it has. */
export type DrawingOptions = Pick<
  RenderPngOptions,
  'pixelSize' | 'background' | 'color' | 'fontFamily' | 'colorBar'
> &
  Pick<RenderTerminalOptions, 'title' | 'width'>;
