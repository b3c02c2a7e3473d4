import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ensureBackend } from '../backend/ensureBackend';
import { buildLayersModel } from './buildLayersModel';
import { readModelFiles } from './readModelFiles';
import { requireModelPath } from './requireModelPath';

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
  requireModelPath(path);
  await ensureBackend();
  return buildLayersModel(await readModelFiles(path, 'layers'));
}
