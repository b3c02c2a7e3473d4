import { type io, type NamedTensorMap, tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { type LayersModel, type layers, loadLayersModel } from '@tensorflow/tfjs-layers';
import { formatShape } from '../../common/errors';
import type { LazyWeight } from '../weights/LazyWeight';
import { makeRoom } from './makeRoom';
import { type AddWeight, type Initializer, type LayerVariable, wrapAddWeight } from './wrapAddWeight';

/**
 * Loads a layers model whose weights are read when it is their turn. Each weight of a layer is made with its values right away,
 * while TensorFlow.js makes them all of zeros first, of all values once more in memory, and copies those into tensors
 * before it gives them to the layers.
 *
 * @param artifacts The model, whose weights are not looked at.
 * @param weights By the names that TensorFlow.js looks for.
 * @returns A promise for use in `loadWhole`.
 * @throws What TensorFlow.js throws if they are not those of the model.
 */
export async function loadLayers(
  artifacts: io.ModelArtifacts,
  weights: readonly LazyWeight[],
): Promise<LayersModel> {
  const { weightData: _, weightSpecs: __, ...model } = artifacts;
  const room = makeRoom(weights);
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  const made = new Map<string, LayerVariable>();
  const toTensor = ({ shape, dtype, read }: LazyWeight) => tensor(read(room), [...shape], dtype);
  const fill = (addWeight: AddWeight): AddWeight =>
    function (this: layers.Layer, name, shape, dtype, _initializer, regularizer, trainable, constraint) {
      const fullName = `${this.name}/${name}`;
      const type = dtype ?? 'float32';
      const weight = byName.get(fullName);
      // Constraints change what is loaded, which is left to TensorFlow.js.
      const fits = weight?.dtype === type && formatShape(weight.shape) === formatShape(shape) && !constraint;
      const initializer = { apply: () => (fits ? toTensor(weight) : zeros(shape as number[], type)) };
      const variable = addWeight.call(
        this,
        name,
        shape,
        type,
        initializer as unknown as Initializer,
        regularizer,
        trainable,
        constraint,
      );
      // Of layers inside of others, the names may be longer.
      if (fits && variable.originalName === fullName) made.set(fullName, variable);
      return variable;
    };
  const loaded = await wrapAddWeight(fill, () => loadLayersModel({ load: async () => model }));
  tidy(() => {
    const values: NamedTensorMap = Object.fromEntries(
      weights.map((weight) => [weight.name, made.get(weight.name)?.read() ?? toTensor(weight)]),
    );
    loaded.loadWeights(values);
  });
  return loaded;
}
