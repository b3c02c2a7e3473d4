import type { LayersModel } from '@tensorflow/tfjs-layers';
import { loadFiles } from '../formats/loadFiles';
import { filesOfPath } from './filesOfPath';
import { requireModelPath } from './requireModelPath';

/**
 * Loads a layers model from disk: one that `saveModel` or tfjs-node saved, or that tensorflowjs_converter converted from
 * Keras, in one file of weights or in many, quantized or not; or a `.keras` or `.h5` file of Keras itself. Sets up the WASM SIMD
 * backend unless the app has set one. `openModel` opens more, and says what else is known of the model.
 *
 * A model that was saved with its optimizer comes back compiled, with the optimizer in the state that it was in; one of Keras
 * does not.
 *
 * @param path The file, or the folder that it is in.
 * @returns A model that the caller disposes; its optimizer goes with it.
 * @throws TypeError (the promise is rejected) if `path` is no path; Error naming the path and what is wrong if a file is
 * missing, is of the wrong size or not what it must be, or if the model is no layers model.
 */
export async function loadModel(path: string): Promise<LayersModel> {
  requireModelPath(path);
  const { model } = await loadFiles('path', (meter) => filesOfPath('path', path, meter), {}, 'layers');
  return model as LayersModel;
}
