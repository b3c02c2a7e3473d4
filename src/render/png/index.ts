export { encodeImage } from './encodeImage';
export { type CanvasLike, type CreateCanvas, type RenderPngOptions, renderPng } from './renderPng';
