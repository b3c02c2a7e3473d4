export { compareActivations } from './activations/compareActivations';
export { type ComputeActivationsOptions, computeActivations } from './activations/computeActivations';
export { type UseWasmBackendOptions, useWasmBackend, type WasmFileName } from './backend/useWasmBackend';
export { createColormap } from './color/createColormap';
export { viridis } from './color/viridis';
export { createFigure, type FigureOptions } from './figure/createFigure';
export type { ChannelSort } from './figure/FigureOptions';
export { type MeasureRangeOptions, measureRange } from './figure/measureRange';
export type { Scaling, ScalingOptions } from './figure/scaling';
export type { GraphModelLike } from './graphModel/GraphModelLike';
export type {
  DrawableImage,
  ImageInput,
  NestedNumbers,
  NetworkInput,
  PixelArray,
  PixelImage,
  ShapedArray,
} from './image/ImageInput';
export { type ImageOptions, imageToTensor } from './image/imageToTensor';
export { convertKerasModel } from './keras/convertKerasModel';
export { type BuildArticleCnnOptions, buildArticleCnn } from './model/buildArticleCnn';
export {
  type ActivationModel,
  type CreateActivationModelOptions,
  createActivationModel,
} from './model/createActivationModel';
export { type LayerSummary, listLayers } from './model/listLayers';
export { loadArticleCnn } from './model/loadArticleCnn';
export type { LayerSelector } from './model/selectLayers';
export { type DescribeActivationsOptions, describeActivations } from './statistics/describeActivations';
export {
  type DatasetState,
  type DescribeDatasetOptions,
  describeDataset,
} from './statistics/describeDataset';
export type { Histogram, LayerStatistics, ValueStatistics } from './statistics/LayerStatistics';
export type { Activation, Colormap, Figure, Renderer, RgbaImage, Tile } from './types';
export {
  type DrawnActivation,
  type LayerDifference,
  type Look,
  type VisualizeDifferenceOptions,
  visualizeDifference,
} from './visualizeDifference';
export { type KernelFigure, type VisualizeKernelsOptions, visualizeKernels } from './visualizeKernels';
export { type LayerFigure, type VisualizeLayersOptions, visualizeLayers } from './visualizeLayers';
