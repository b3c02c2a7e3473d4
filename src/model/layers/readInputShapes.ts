import { type LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { UseGraph } from './listUses';

/**
 * The shape of each input of a model, `null` for what is open.
 *
 * `CenterCrop` of TensorFlow.js 4.22 writes the size of the crop into the shape of what it reads, which layers that keep the
 * shape share with an input. The size that this input had is lost then: it is taken as open, so that the layer, which crops
 * from any size, gets the image as it is.
 */
export function readInputShapes(
  model: LayersModel,
  { steps, inputs }: UseGraph,
): readonly (readonly (number | null)[])[] {
  return model.inputs.map(({ shape }, index) => {
    const slots = new Set([inputs[index]]);
    for (const { layer, inputs: reads, outputs } of steps) {
      if (!slots.has(reads[0])) continue;
      if (layer.getClassName() === 'CenterCrop') return [shape[0]!, null, null, shape[3]!];
      if (layer.computeOutputShape === layers.Layer.prototype.computeOutputShape) slots.add(outputs[0]);
    }
    return shape;
  });
}
