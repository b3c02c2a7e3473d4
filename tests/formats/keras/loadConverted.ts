import { io, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';

/** Weights by name, each with its shape and its values. */
export type Weights = Readonly<
  Record<string, readonly [shape: readonly number[], values: readonly number[]]>
>;

/** As an `io.IOHandler` loads a model. */
function artifactsOf(modelTopology: object, weights: Weights = {}): io.ModelArtifacts {
  const entries = Object.entries(weights);
  return {
    modelTopology,
    weightSpecs: entries.map(([name, [shape]]) => ({ name, shape: [...shape], dtype: 'float32' as const })),
    weightData: Float32Array.from(entries.flatMap(([, [, values]]) => values)).buffer,
  };
}

/** Loads a model of Keras, as its JSON and its weights. */
export async function loadConverted(modelTopology: object, weights: Weights = {}): Promise<LayersModel> {
  return loadLayersModel(io.fromMemory(convertKerasModel(artifactsOf(modelTopology, weights))));
}

/** What a model of one input and one output puts out; nothing is left behind but the model. */
export function predict(model: LayersModel, shape: readonly number[], values: readonly number[]): number[] {
  const given = tensor([...values], [...shape]);
  const output = model.predict(given) as Tensor;
  const read = [...output.dataSync()];
  given.dispose();
  output.dispose();
  return read;
}
