import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { Preprocess } from '../../image/Preprocess';
import type { UseGraph } from './listUses';

/** Layers that put out the values of what they read, in another place, size or order, or as good as the same ones. */
const KEEPS =
  /^(Resizing|CenterCrop|ZeroPadding2D|Cropping2D|UpSampling2D|Reshape|Permute|Random\w+|\w*Dropout2?D?|GaussianNoise)$/;

/**
 * Finds what each input of a layers model wants to become of a picture's bytes: `'none'` if it is of an integer type, or if the
 * first layer to change its values is a `Normalization`, or a `Rescaling` that makes them smaller; else `'unit'`. A
 * `Rescaling` by 1 or more has been made for 0..1.
 */
export function findPreprocess(model: LayersModel, { steps, inputs }: UseGraph): Preprocess[] {
  return inputs.map((input, index) => {
    if (model.inputs[index]!.dtype !== 'float32') return 'none';
    const slots = new Set([input]);
    for (const step of steps) {
      if (!step.inputs.some((slot) => slots.has(slot))) continue;
      if (takesBytes(step.layer)) return 'none';
      if (KEEPS.test(step.layer.getClassName())) for (const slot of step.outputs) slots.add(slot);
    }
    return 'unit';
  });
}

function takesBytes(layer: layers.Layer & { scale?: unknown }): boolean {
  const name = layer.getClassName();
  if (name === 'Normalization') return true;
  return name === 'Rescaling' && [layer.scale].flat().every((scale) => Math.abs(Number(scale)) < 1);
}
