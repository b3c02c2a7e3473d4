export { type CanvasLike, type CreateCanvas, type RenderPngOptions, renderPng } from '../render/renderPng';
export { encodeImage } from './encodeImage';
