/** Everything that a page uses, with TensorFlow.js inside, as one file for pages without a bundler. */
export * from '../data/index';
export * from '../explorer/index';
export * from '../index';
export { type RenderCanvasOptions, renderCanvas } from '../render/canvas/renderCanvas';
export { type RenderOverlayOptions, renderOverlay } from '../render/overlay/renderOverlay';
export * from '../render/png/index';
export { type RenderRgbaOptions, renderRgba } from '../render/rgba/renderRgba';
export { type RenderSvgOptions, renderSvg } from '../render/svg/renderSvg';
export * from '../training/index';
export { tf } from './tf';
