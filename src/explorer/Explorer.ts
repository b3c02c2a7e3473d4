import type { Bytes, Colormap } from '../common/types';
import type { PlainScaling } from '../figure/scaling';
import type { ImageInput } from '../image/ImageInput';
import type { ImageOptions } from '../image/imageToTensor';
import type { LayerSelector } from '../model/selection/selectLayers';
import type { SortKey } from '../statistics/sortChannels';

export interface MountExplorerOptions extends ImageOptions {
  /**
   * Which layers to show, in the model's order.
   * @defaultValue every convolution, by its class; of a graph model, with their activation functions
   */
  layers?: LayerSelector | undefined;
  /**
   * The first image; `update` shows others.
   * @defaultValue none, and the view waits for `update`
   */
  img?: ImageInput | undefined;
  /**
   * What the colours stand for at first; the page has a control for it.
   * @defaultValue `'map'`, as the article draws them
   */
  scaling?: PlainScaling | undefined;
  /**
   * The order of the maps at first; the page has a control for it.
   * @defaultValue `'index'`
   */
  sort?: SortKey | undefined;
  /**
   * Maps in a row at the most.
   * @defaultValue 8
   */
  columns?: number | undefined;
  /**
   * Maps of a layer that are shown at first; a button shows the others. The caption always says "k of n".
   * @defaultValue 64
   */
  maps?: number | undefined;
  /**
   * What the network's outputs are called. Of a network with one output, a share from 0 to 1, two names are those of 0 and 1:
   * both are shown, the second with the share and the first with what is left to 1.
   * @defaultValue their numbers from 0
   */
  classNames?: readonly string[] | undefined;
  /**
   * The 256 colours from the lowest value to the highest.
   * @defaultValue `viridis`
   */
  colormap?: Colormap | undefined;
  /**
   * Light or dark; `'auto'` follows the reader's system.
   * @defaultValue `'auto'`
   */
  theme?: 'auto' | 'light' | 'dark' | undefined;
}

/** The view that `mountExplorer` has put on a page. */
export interface Explorer {
  /**
   * Shows another image, in the next frame; of several within a frame the last. Without an image, the present one goes
   * through the network again, for weights that have changed.
   *
   * @returns A promise that is kept once this image, or a later one, has been drawn. It is rejected with the error that
   * the view shows as a message; the view stays as it was and goes on working.
   */
  update(img?: ImageInput): Promise<void>;
  /** Takes everything off the page that `mountExplorer` put there. The model stays the caller's. Harmless when repeated. */
  destroy(): void;
  /**
   * What is shown, as an SVG document: the input, what the network puts out, and the maps as they are ordered and scaled.
   * Both are rejected while no image has been shown.
   */
  toSvg(): Promise<string>;
  /** What is shown, as the bytes of a PNG file. */
  toPng(): Promise<Bytes>;
}
