import { describeValue, requireWholeNumber } from '../../common/errors';
import { parseColor } from '../../common/parseColor';
import { requireOptions } from '../../common/requireOptions';
import type { Figure, PixelImage, RgbaImage, Tile } from '../../common/types';
import { requireGridSize } from '../../figure/requireGridSize';
import { layoutGrid } from '../grid/layoutGrid';
import { splitColors } from '../grid/splitColors';
import { type MapSampler, sampleBilinear, sampleNearest } from './sampleMap';
import { toRgbaPixels } from './toRgbaPixels';

export interface RenderOverlayOptions {
  /**
   * The image that went in: bytes 0..255, 16-bit samples, or floats 0..1, one, three or four of them a pixel. `readImageFile`
   * makes them of a file, on a page `getImageData` of a canvas.
   */
  img: PixelImage;
  /**
   * How much of the map is seen: 0 shows the image alone, 1 the map alone.
   * @defaultValue 0.5
   */
  opacity?: number | undefined;
  /**
   * How a map is enlarged to the size of the image: `'nearest'` in squares, or `'bilinear'`.
   * @defaultValue `'nearest'`
   */
  resampling?: 'nearest' | 'bilinear' | undefined;
  /**
   * Pixels of the picture for a pixel of the image, along each side.
   * @defaultValue 1
   */
  pixelSize?: number | undefined;
  /**
   * Pixels between the maps.
   * @defaultValue 1
   */
  gap?: number | undefined;
  /**
   * Colour of the gaps.
   * @defaultValue `'transparent'`
   */
  background?: string | undefined;
}

/**
 * Renders each map of a figure over the image that went into the network, as raw pixels. A map is stretched over the whole
 * image. Where a value is missing, the image is seen as it is.
 *
 * @param options The image must be given; it is not changed.
 * @returns Bytes, row-major, not premultiplied; the maps lie as the figure has them.
 * @throws TypeError or RangeError naming the argument that cannot be drawn.
 */
export function renderOverlay(figure: Figure, options: RenderOverlayOptions): RgbaImage {
  requireOptions(options, {
    img: true,
    opacity: true,
    resampling: true,
    pixelSize: true,
    gap: true,
    background: true,
  });
  const {
    img,
    opacity = 0.5,
    resampling = 'nearest',
    pixelSize = 1,
    gap = 1,
    background = 'transparent',
  } = options;
  layoutGrid(figure);
  const image = toRgbaPixels(img);
  if (!(typeof opacity === 'number' && opacity >= 0 && opacity <= 1)) {
    throw new RangeError(`opacity: expected a number from 0 to 1, got ${describeValue(opacity)}`);
  }
  if (resampling !== 'nearest' && resampling !== 'bilinear') {
    throw new RangeError(`resampling: expected 'nearest' or 'bilinear', got ${describeValue(resampling)}`);
  }
  requireWholeNumber('pixelSize', pixelSize, 1);
  requireWholeNumber('gap', gap, 0);
  const [red, green, blue, alpha] = parseColor('background', background);
  const { columns, rows, tiles, colormap } = figure;
  const [tileWidth, tileHeight] = [image.width * pixelSize, image.height * pixelSize];
  const width = columns * (tileWidth + gap) - gap;
  const height = rows * (tileHeight + gap) - gap;
  if (gap > Math.max(tileWidth, tileHeight)) requireGridSize('gap', gap, width, height);
  requireGridSize('pixelSize', pixelSize, width, height);

  const data = new Uint8ClampedArray(width * height * 4);
  if (alpha > 0) for (let at = 0; at < data.length; at += 4) data.set([red, green, blue, alpha], at);
  const sample = resampling === 'nearest' ? sampleNearest : sampleBilinear;
  tiles.forEach((tile, index) => {
    const left = (index % columns) * (tileWidth + gap);
    const top = Math.floor(index / columns) * (tileHeight + gap);
    blendTile(data, width, left, top, pixelSize, image, tile, colormap.rgba, sample, opacity);
  });
  return { width, height, data };
}

function blendTile(
  data: Uint8ClampedArray,
  width: number,
  left: number,
  top: number,
  pixelSize: number,
  image: RgbaImage,
  tile: Tile,
  palette: Uint8Array,
  sample: MapSampler,
  opacity: number,
): void {
  const [across, down] = [image.width * pixelSize, image.height * pixelSize];
  const own = splitColors(tile);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const under = (Math.floor(y / pixelSize) * image.width + Math.floor(x / pixelSize)) * 4;
      const at = ((top + y) * width + left + x) * 4;
      const read = (each: Tile) => sample(each, (x + 0.5) / across, (y + 0.5) / down);
      const index = read(tile);
      const colorOf = (channel: number) => (own ? read(own[channel]!) : palette[index * 4 + channel]!);
      const share = index < 0 ? 0 : (opacity * (own ? 255 : palette[index * 4 + 3]!)) / 255;
      const underShare = (image.data[under + 3]! / 255) * (1 - share);
      const whole = share + underShare;
      for (let channel = 0; channel < 3; channel++) {
        const sum = (share > 0 ? share * colorOf(channel) : 0) + underShare * image.data[under + channel]!;
        data[at + channel] = whole > 0 ? sum / whole : 0;
      }
      data[at + 3] = whole * 255;
    }
  }
}
