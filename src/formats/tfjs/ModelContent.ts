import type { io } from '@tensorflow/tfjs-core';

/** What a model is of: layers, or the nodes of a graph. */
export type ModelKind = 'layers' | 'graph';

/** What TensorFlow.js builds a model from, and where it came from. */
export interface ModelContent {
  readonly artifacts: io.ModelArtifacts;
  readonly kind: ModelKind;
  /** What the caller's argument is called, and where the model is, quoted: for messages. */
  readonly argument: string;
  readonly place: string;
}
