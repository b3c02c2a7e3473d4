import { findCreateCanvas } from '../../common/canvasLike';
import { createPause } from '../../common/createPause';
import { requireCallback, requireSignal } from '../../common/errors';
import { requireOptions } from '../../common/requireOptions';
import type { Bytes, Figure, RgbaImage } from '../../common/types';
import { drawPixels } from '../canvas/drawPixels';
import { requirePixelSize } from '../grid/layoutGrid';
import { PICTURE_OPTIONS, preparePicture } from '../grid/preparePicture';
import type { RenderPngOptions } from '../png/renderPng';
import { type ApngEncoder, createApngEncoder } from './encodeApng';
import { FILM_OPTIONS, type FilmOptions, nameFigure, readFilm } from './FilmOptions';

export interface RenderApngOptions extends RenderPngOptions, FilmOptions {
  /** Called after each frame, with how many are done, from 1, and how many there are. */
  onProgress?: ((done: number, all: number) => void) | undefined;
  /** Stops after the frame at hand; the promise is rejected with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Renders figures as the frames of an animated PNG, which browsers play and other viewers show the first frame of. Each
 * frame has the pixels that `renderPng` would give its figure.
 *
 * The file is indexed where all frames together have up to 256 colours, as those in viridis without text; of each frame
 * only what has changed is in it.
 *
 * @param figures Of one size, such as those of one layer after each epoch or for several images.
 * @returns The bytes of the file.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that cannot be drawn.
 */
export async function renderApng(
  figures: readonly Figure[],
  options: RenderApngOptions = {},
): Promise<Bytes> {
  requireOptions(options, {
    ...PICTURE_OPTIONS,
    ...FILM_OPTIONS,
    createCanvas: true,
    onProgress: true,
    signal: true,
  });
  const { durations, plays } = readFilm(figures, options);
  const { createCanvas = findCreateCanvas(), onProgress, signal } = options;
  const { title = createCanvas !== undefined } = options;
  requireCallback('onProgress', onProgress);
  requireCallback('createCanvas', options.createCanvas);
  requireSignal(signal);
  const pictures = figures.map((figure, index) =>
    nameFigure(index, () => preparePicture(figure, { ...options, title })),
  );
  const titles = figures.map((figure) => figure.title);
  const pause = createPause();

  /** Nothing if all frames together have too many colours for a palette. */
  const encode = async (indexed: boolean) => {
    let encoder: ApngEncoder | undefined;
    let first: RgbaImage | undefined;
    for (const [index, picture] of pictures.entries()) {
      signal?.throwIfAborted();
      requirePixelSize(picture.grid, picture.pixelSize);
      const image = drawPixels({ ...picture, titles }, createCanvas);
      first ??= image;
      requireSize(index, image, first);
      encoder ??= createApngEncoder(image.width, image.height, indexed);
      if (!encoder.add(image, durations[index]!)) return undefined;
      onProgress?.(index + 1, figures.length);
      await pause();
    }
    return encoder!.finish(plays);
  };
  return (await encode(true)) ?? (await encode(false))!;
}

function requireSize(index: number, { width, height }: RgbaImage, first: RgbaImage): void {
  if (width === first.width && height === first.height) return;
  throw new RangeError(
    `figures[${index}]: expected a picture of ${first.width} × ${first.height} pixels like the first, got ${width} × ${height}`,
  );
}
