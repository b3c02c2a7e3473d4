import { io, memory, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';
import { input2, layer2, sequential2, topology2 } from './keras2';
import { input, layer, sequential, topology } from './keras3';

/** Weights by name, each with its shape and its values, which may be whole numbers. */
export type Weights = Readonly<
  Record<string, readonly [shape: readonly number[], values: readonly number[], dtype?: 'int32']>
>;

/** As an `io.IOHandler` loads a model. */
function artifactsOf(modelTopology: object, weights: Weights = {}): io.ModelArtifacts {
  const entries = Object.entries(weights);
  return {
    modelTopology,
    weightSpecs: entries.map(([name, [shape, , dtype]]) => ({
      name,
      shape: [...shape],
      dtype: dtype ?? ('float32' as const),
    })),
    weightData: entries.map(
      ([, [, values, dtype]]) => (dtype === 'int32' ? Int32Array : Float32Array).from(values).buffer,
    ),
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

/** A model of one layer, as Keras 2 and as Keras 3 writes it. */
export function layerModels(className: string, shape: readonly number[], config: object) {
  const open = [null, ...shape];
  return {
    2: topology2(sequential2('s', [input2('i', open), layer2(className, 'l', config)])),
    3: topology(sequential('s', [input('i', open), layer(className, 'l', config)])),
  };
}

/** What it puts out for a batch of one; nothing stays. */
export async function run(
  model: object,
  shape: readonly number[],
  values: readonly number[],
  weights: Weights = {},
): Promise<number[]> {
  const before = memory().numTensors;
  const loaded = await loadConverted(model, weights);
  const output = predict(loaded, [1, ...shape], values);
  loaded.dispose();
  expect(memory().numTensors).toBe(before);
  return output.map((value) => Math.round(value * 1e4) / 1e4);
}

/** What a file of a model would hold. */
export async function saveInMemory(model: LayersModel): Promise<io.ModelArtifacts> {
  let saved: io.ModelArtifacts = {};
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return saved;
}
