import type { layers } from '@tensorflow/tfjs-layers';

/** A class of layers as TensorFlow.js registers them. */
export interface OwnLayerClass {
  new (args: never): layers.Layer;
  readonly className: string;
}
