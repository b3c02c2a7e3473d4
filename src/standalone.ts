/** Everything that a page uses, with TensorFlow.js inside, as one file for pages without a bundler. */
export * from './data/index';
export * from './explorer/index';
export * from './index';
export * from './png/index';
export { type RenderCanvasOptions, renderCanvas } from './render/renderCanvas';
export { type RenderOverlayOptions, renderOverlay } from './render/renderOverlay';
export { type RenderRgbaOptions, renderRgba } from './render/renderRgba';
export { type RenderSvgOptions, renderSvg } from './render/renderSvg';
export { tf } from './tf';
export * from './training/index';
