// Weights as plain numbers, which can be kept and sent to and from a worker.
import { tensor, tidy } from '@tensorflow/tfjs-core';

/** @returns {Float32Array[]} one array a weight, in the model's order */
export function copyWeights(model) {
  return model.getWeights().map((weight) => weight.dataSync().slice());
}

/** @param {Float32Array[]} values as `copyWeights` returns them */
export function setWeights(model, values) {
  tidy(() => {
    model.setWeights(model.getWeights().map(({ shape }, index) => tensor(values[index], shape)));
  });
}
