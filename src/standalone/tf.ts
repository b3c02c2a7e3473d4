import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

/** What TensorFlow.js itself exports, core and layers, for models and tensors of a page's own. */
export const tf: typeof core & typeof layers = { ...core, ...layers };
