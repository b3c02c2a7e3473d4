export { compareActivations } from './activations/compareActivations';
export { type ComputeActivationsOptions, computeActivations } from './activations/computeActivations';
export { type PredictClassesOptions, predictClasses } from './activations/predictClasses';
export type { PredictedClass } from './activations/topClasses';
export { type UseWasmBackendOptions, useWasmBackend, type WasmFileName } from './backend/useWasmBackend';
export type {
  Activation,
  Colormap,
  Figure,
  PixelArray,
  PixelImage,
  Renderer,
  RgbaImage,
  Tile,
} from './common/types';
export { createColormap } from './figure/color/createColormap';
export { viridis } from './figure/color/viridis';
export type { ChannelCombination } from './figure/combineValues';
export { createFigure, type FigureOptions } from './figure/createFigure';
export type { ChannelSort } from './figure/FigureOptions';
export { type MeasureRangeOptions, measureRange } from './figure/measureRange';
export type { Scaling, ScalingOptions } from './figure/scaling';
export { convertKerasModel } from './formats/keras/convertKerasModel';
export type { EncodedImage } from './image/files/EncodedImage';
export type { DrawableImage, ImageInput, NestedNumbers, NetworkInput, ShapedArray } from './image/ImageInput';
export { type ImageOptions, imageToTensor } from './image/imageToTensor';
export type { Preprocess, PreprocessSteps } from './image/Preprocess';
export { type BuildArticleCnnOptions, buildArticleCnn } from './model/article/buildArticleCnn';
export { loadArticleCnn } from './model/article/loadArticleCnn';
export {
  type ActivationModel,
  type CreateActivationModelOptions,
  createActivationModel,
} from './model/createActivationModel';
export type { GraphModelLike } from './model/graph/GraphModelLike';
export { type LayerSummary, listLayers } from './model/listLayers';
export type { LayerSelector } from './model/selection/selectLayers';
export { type DescribeActivationsOptions, describeActivations } from './statistics/describeActivations';
export {
  type DatasetState,
  type DescribeDatasetOptions,
  describeDataset,
} from './statistics/describeDataset';
export type { Histogram, LayerStatistics, ValueStatistics } from './statistics/LayerStatistics';
export {
  type DrawnActivation,
  type LayerDifference,
  type Look,
  type VisualizeDifferenceOptions,
  visualizeDifference,
} from './visualizeDifference';
export { type KernelFigure, type VisualizeKernelsOptions, visualizeKernels } from './visualizeKernels';
export { type LayerFigure, type VisualizeLayersOptions, visualizeLayers } from './visualizeLayers';
