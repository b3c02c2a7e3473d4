import type { GraphModel } from '@tensorflow/tfjs-converter';
import { ensureBackend } from '../backend/ensureBackend';
import { buildGraphModel } from './buildGraphModel';
import { readModelFiles } from './readModelFiles';
import { requireModelPath } from './requireModelPath';

/**
 * Loads a graph model from disk: what tensorflowjs_converter makes of a SavedModel or a hub module. Takes the package
 * `@tensorflow/tfjs-converter`, which an app installs for it. Sets up the WASM SIMD backend unless the app has set one.
 *
 * @param path The folder that the `model.json` is in, or the path of the `model.json`.
 * @returns A model that the caller disposes.
 * @throws TypeError (the promise is rejected) if `path` is no path; Error naming the path and what is wrong if a file is
 * missing, is of the wrong size or not what it must be, or if the model is no graph model; Error if the package is missing.
 */
export async function loadGraphModel(path: string): Promise<GraphModel> {
  requireModelPath(path);
  await ensureBackend();
  return buildGraphModel(await readModelFiles(path, 'graph'));
}
