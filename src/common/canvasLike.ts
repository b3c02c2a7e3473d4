import { describeValue } from './errors';

/** What the renderers need of a 2D drawing context; those of the browser, of workers and of Node canvases have it. */
export interface CanvasContextLike {
  fillStyle: unknown;
  font: string;
  textAlign: string;
  textBaseline: string;
  fillRect(x: number, y: number, width: number, height: number): void;
  clearRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  createImageData(width: number, height: number): { readonly data: Uint8ClampedArray };
  drawImage(image: never, x: number, y: number): void;
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  putImageData(image: never, x: number, y: number): void;
}

/** What the renderers need of a canvas: `HTMLCanvasElement`, `OffscreenCanvas` and @napi-rs/canvas all fit. */
export interface CanvasLike {
  width: number;
  height: number;
  getContext(type: '2d'): unknown;
}

/** Makes a canvas of so many pixels. */
export type CreateCanvas<Canvas extends CanvasLike = CanvasLike> = (width: number, height: number) => Canvas;

/**
 * A `createCanvas` with one more form, as that of @napi-rs/canvas has for SVG. TypeScript infers from the last form of a
 * function alone, so the plain one needs its counterpart.
 */
export interface OverloadedCreateCanvas<Canvas extends CanvasLike> {
  (width: number, height: number): Canvas;
  (width: number, height: number, more: never): unknown;
}

/**
 * Finds the way to make a canvas here: an element where there is a page, an `OffscreenCanvas` in a worker.
 *
 * @returns `undefined` where there is neither, as in Node, or only one that nothing can be drawn on, as in Deno.
 */
export function findCreateCanvas(): CreateCanvas | undefined {
  if (typeof document !== 'undefined') {
    return (width, height) => Object.assign(document.createElement('canvas'), { width, height });
  }
  if (!canDrawOffscreen()) return undefined;
  return (width, height) => new OffscreenCanvas(width, height);
}

function canDrawOffscreen(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return false;
  try {
    return Boolean(new OffscreenCanvas(1, 1).getContext('2d'));
  } catch {
    return false;
  }
}

/**
 * Returns the 2D context of a canvas.
 *
 * @param name The argument that the canvas came from, for the error.
 * @throws TypeError if `canvas` is no canvas, or one that already has a context of another kind.
 */
export function get2dContext(name: string, canvas: CanvasLike): CanvasContextLike {
  if (typeof canvas?.getContext !== 'function') {
    throw new TypeError(`${name}: expected a canvas, got ${describeValue(canvas)}`);
  }
  const context = canvas.getContext('2d');
  if (context === null || context === undefined) {
    throw new TypeError(`${name}: expected a canvas with a 2D context, but this one has none to give`);
  }
  return context as CanvasContextLike;
}
