import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocess } from '../image/Preprocess';
import type { GraphModelLike } from './graph/GraphModelLike';

/** What a model was opened from. */
export type ModelFormat = 'keras' | 'hdf5' | 'tfjs-layers' | 'tfjs-graph' | 'teachable-machine' | 'onnx';

/**
 * A model that has been opened from a file, with what the file says of it. Every function that takes a model takes this, too,
 * and then `preprocess` goes with it.
 */
export interface OpenedModel {
  readonly model: LayersModel | GraphModelLike;
  /**
   * What it was opened from: `'keras'`, a `.keras` file; `'hdf5'`, a `.h5` file; `'tfjs-layers'` and `'tfjs-graph'`, a `model.json`;
   * `'teachable-machine'`, an export of that in either form; `'onnx'`.
   */
  readonly format: ModelFormat;
  /** Names of what a classifier tells apart, in the order of its outputs. Absent where nobody says. */
  readonly classNames?: readonly string[];
  /** What becomes of a picture's bytes, if what has been opened says so; else the network itself decides. */
  readonly preprocess?: Preprocess;
  /** Whether it has been disposed. */
  readonly isDisposed: boolean;
  /** Frees the weights. Harmless when repeated. */
  dispose(): void;
}

/** Whether something is an opened model rather than a model: it has one. */
export function isOpenedModel(value: unknown): value is OpenedModel {
  return typeof value === 'object' && value !== null && 'model' in value && 'format' in value;
}
