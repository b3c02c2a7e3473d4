import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import { loadFiles } from '../formats/loadFiles';
import type { GraphModelLike } from '../model/graph/GraphModelLike';
import { filesOfPath } from './filesOfPath';
import { requireModelPath } from './requireModelPath';

/**
 * A graph model that has been loaded: the `GraphModel` of `@tensorflow/tfjs-converter`, as far as an app calls it. Its types
 * are not taken from there, since an app that loads none need not have that package.
 */
export interface LoadedGraphModel extends GraphModelLike {
  predict(inputs: Tensor | Tensor[] | NamedTensorMap): Tensor | Tensor[] | NamedTensorMap;
  execute(inputs: Tensor | Tensor[] | NamedTensorMap, outputs?: string | string[]): Tensor | Tensor[];
  executeAsync(
    inputs: Tensor | Tensor[] | NamedTensorMap,
    outputs?: string | string[],
  ): Promise<Tensor | Tensor[]>;
  /** Frees the weights. */
  dispose(): void;
}

/**
 * Loads a graph model from disk: what tensorflowjs_converter makes of a SavedModel or a hub module, or an `.onnx` file. Takes the package
 * `@tensorflow/tfjs-converter`, which an app installs for it. Sets up the WASM SIMD backend unless the app has set one.
 *
 * @param path The file, or the folder that it is in.
 * @returns A model that the caller disposes.
 * @throws TypeError (the promise is rejected) if `path` is no path; Error naming the path and what is wrong if a file is
 * missing, is of the wrong size or not what it must be, or if the model is no graph model; Error if the package is missing.
 */
export async function loadGraphModel(path: string): Promise<LoadedGraphModel> {
  requireModelPath(path);
  const { model } = await loadFiles('path', (meter) => filesOfPath('path', path, meter), {}, 'graph');
  return model as LoadedGraphModel;
}
