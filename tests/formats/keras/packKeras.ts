import type { io } from '@tensorflow/tfjs-core';
import type { KerasArtifacts } from '../../../src/formats/keras/createKerasArtifacts';
import { packWeights } from '../../../src/formats/tfjs/packWeights';

/** Puts the weights of a file of Keras into one block, as TensorFlow.js's own loaders take them. */
export async function packKeras(reading: Promise<KerasArtifacts>): Promise<io.ModelArtifacts> {
  const { weights, ...artifacts } = await reading;
  return { ...artifacts, ...packWeights(weights) };
}
