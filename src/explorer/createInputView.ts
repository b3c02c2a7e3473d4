import type { ReceptiveField } from '../model/receptiveField/traceReceptiveField';
import type { MakeElement } from './elements';
import { findRuns } from './findRuns';
import type { InputValues } from './openNetwork';
import { findSquare, watchPointer } from './watchPointer';

/** The image in the size that the network got, and over it what one value of a layer saw. */
export interface InputView {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  draw(input: InputValues): void;
  /** Marks a receptive field, or none. */
  mark(field: ReceptiveField | undefined): void;
}

/**
 * @param onPoint Called with the pixel that is pointed at, or none.
 */
export function createInputView(
  make: MakeElement,
  onPoint: (pixel: { row: number; column: number } | undefined) => void,
): InputView {
  const canvas = make('canvas', { part: 'pixels', aria: { role: 'img', 'aria-label': 'Input image' } });
  const marks = make('canvas', { part: 'marks' });
  const root = make('div', { part: 'input' }, canvas, marks);
  let size = { height: 1, width: 1 };

  watchPointer(root, canvas, (at) => onPoint(findSquare(at, size.height, size.width)));

  return {
    root,
    canvas,
    draw(input) {
      size = input;
      root.style.aspectRatio = `${input.width} / ${input.height}`;
      Object.assign(canvas, { width: input.width, height: input.height });
      const pixels = new ImageData(toBytes(input), input.width, input.height);
      canvas.getContext('2d')!.putImageData(pixels, 0, 0);
      canvas.setAttribute(
        'aria-label',
        `Input image, ${input.width} by ${input.height} pixels, ${input.channels} channel${input.channels > 1 ? 's' : ''}`,
      );
    },
    mark(field) {
      // Several pixels a pixel of the image, so that the outline is thin; large images need no more of them.
      const scale = Math.max(1, Math.ceil(560 / Math.max(size.width, size.height)));
      Object.assign(marks, { width: size.width * scale, height: size.height * scale });
      if (field) drawField(marks.getContext('2d')!, field, scale);
    },
  };
}

function drawField(context: CanvasRenderingContext2D, { patches }: ReceptiveField, scale: number): void {
  context.fillStyle = context.strokeStyle = '#ff5a36';
  context.lineWidth = Math.max(2, scale / 6);
  for (const { rows, columns } of patches) {
    for (const [top, height] of findRuns(rows)) {
      for (const [left, width] of findRuns(columns)) {
        const box = [left * scale, top * scale, width * scale, height * scale] as const;
        context.globalAlpha = 0.22;
        context.fillRect(...box);
        context.globalAlpha = 1;
        const inset = context.lineWidth / 2;
        context.strokeRect(
          box[0] + inset,
          box[1] + inset,
          box[2] - context.lineWidth,
          box[3] - context.lineWidth,
        );
      }
    }
  }
}

/** Values from black to white stand for themselves; an image that goes beyond is shown by its own range. */
function toBytes({ height, width, channels, picture, white }: InputValues): Uint8ClampedArray<ArrayBuffer> {
  let [lowest, highest] = [0, white];
  for (const value of picture) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const bytes = new Uint8ClampedArray(height * width * 4).fill(255);
  const isColor = channels === 3 || channels === 4;
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let part = 0; part < 3; part++) {
      const value = picture[pixel * channels + (isColor ? part : 0)]!;
      bytes[pixel * 4 + part] = ((value - lowest) / (highest - lowest)) * 255;
    }
  }
  return bytes;
}
