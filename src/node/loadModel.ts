import { io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { ensureBackend } from '../backend/ensureBackend';
import { describeValue } from '../errors';
import { readModelFiles } from './readModelFiles';

/**
 * Loads a layers model from disk: one that `saveModel` or tfjs-node saved, or that tensorflowjs_converter converted from
 * Keras, in one file of weights or in many, quantized or not. Sets up the WASM SIMD backend unless the app has set one.
 *
 * A model that was saved with its optimizer comes back compiled, with the optimizer in the state that it was in.
 *
 * @param path The folder that the `model.json` is in, or the path of the `model.json`.
 * @returns A model that the caller disposes; its optimizer goes with it.
 * @throws TypeError (the promise is rejected) if `path` is no path; Error naming the path and what is wrong if a file is
 * missing, is of the wrong size or not what it must be, or if the model is no layers model.
 */
export async function loadModel(path: string): Promise<LayersModel> {
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(
      `path: expected the path of a model.json or of the folder that it is in, got ${describeValue(path)}`,
    );
  }
  await ensureBackend();
  const { file, artifacts } = await readModelFiles(path);
  const model = await loadLayersModel(io.fromMemory(artifacts)).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `path: expected a model that TensorFlow.js can build, got ${JSON.stringify(file)}: ${reason}`,
      { cause },
    );
  });
  // tfjs counts an optimizer that it made from a file as somebody else's and would leave its tensors behind.
  if (artifacts.trainingConfig) Reflect.set(model, 'isOptimizerOwned', true);
  return model;
}
