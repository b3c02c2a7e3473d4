import type { io } from '@tensorflow/tfjs-core';
import type { LazyWeight } from '../weights/LazyWeight';

/** What a model is of: layers, or the nodes of a graph. */
export type ModelKind = 'layers' | 'graph';

/** What TensorFlow.js builds a model from, and where it came from. */
export interface ModelContent {
  readonly artifacts: io.ModelArtifacts;
  /** The weights, where `artifacts` does not have them. */
  readonly weights?: readonly LazyWeight[];
  readonly kind: ModelKind;
  /** What the caller's argument is called, and where the model is, quoted: for messages. */
  readonly argument: string;
  readonly place: string;
}
