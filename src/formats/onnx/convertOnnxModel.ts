import type { io } from '@tensorflow/tfjs-core';
import { packWeights } from '../tfjs/packWeights';
import { convertFile } from './convertFile';
import type { ReadExternal } from './file/OnnxModel';

/**
 * Converts an ONNX model into what `loadGraphModel` of `@tensorflow/tfjs-converter` takes.
 *
 * Images, which ONNX has channels first, come with their channels last, as inputs, as outputs and in between. Each node of the
 * file becomes a node of the same name, beside which there may be others that only it needs.
 *
 * @param bytes The file. They may be let go afterwards: the weights are copies.
 * @param external Gives the files beside it that large weights may lie in, by their names; none is asked for by a path that
 * leads elsewhere.
 * @throws Error naming the node if an operator or a setting of it is not converted, or the tensor if its values are missing;
 * or saying that the bytes are no ONNX model; TypeError if they are no bytes.
 */
export function convertOnnxModel(bytes: Uint8Array, external?: ReadExternal): io.ModelArtifacts {
  const { artifacts, weights } = convertFile(bytes, external);
  return { ...artifacts, ...packWeights(weights) };
}
