import type { layers } from '@tensorflow/tfjs-layers';
import { formatShape } from '../../common/errors';
import { quote } from '../../common/quote';
import { countValues } from './parseModelJson';
import { type AddWeight, wrapAddWeight } from './wrapAddWeight';

/** Values that layers may have beyond those of the files: few enough to be made, so that TensorFlow.js says which are missing. */
const SPARE = 2 ** 20;

/**
 * Runs a loader of TensorFlow.js such that it makes no more weights than the files have. By itself it makes all that the
 * layers ask for, filled with zeros, before it looks whether they are there.
 *
 * @param values How many values the files have.
 * @param load Waits for one promise, which has been resolved, and then builds the model in one go, as in `loadWhole`.
 * @throws Error (the promise is rejected) naming the layer whose weights are too many.
 */
export function limitWeights<Model>(values: number, load: () => Promise<Model>): Promise<Model> {
  let left = values + SPARE;
  const limit = (addWeight: AddWeight): AddWeight =>
    function (this: layers.Layer, ...given) {
      const [name, shape] = given;
      left -= countValues(shape as number[]);
      if (left < 0) {
        throw new Error(
          `the files have ${values} values, fewer than the weights of the layers; the layer ${quote(this.name)} has ${quote(name)} of ${formatShape(shape)}`,
        );
      }
      return addWeight.apply(this, given);
    };
  return wrapAddWeight(limit, load);
}
