export type { ModelFormat, OpenedModel } from '../model/OpenedModel';
export type { ModelSource, NamedBlob } from './ModelSource';
export type { OpenModelOptions } from './OpenModelOptions';
export { convertOnnxModel } from './onnx/convertOnnxModel';
export { openModel } from './openModel';
