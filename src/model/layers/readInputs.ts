import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocess } from '../../image/Preprocess';
import type { UseGraph } from './listUses';

/** What a model takes as one of its inputs. */
export interface ModelInput {
  /** `null` for what is open. */
  readonly shape: readonly (number | null)[];
  readonly preprocess: Preprocess;
}

/** Layers that put out the values of what they read, in another place, size or order, or as good as the same ones. */
const KEEPS =
  /^(CenterCrop|Resizing|Reshape|Permute|(Keras)?Random\w+|\w*Dropout\w*|GaussianNoise|\w+(ding|ping|ling)2D)$/;

/**
 * Finds what each input of a layers model takes, by the layers that its values go through first.
 *
 * It wants to become of a picture's bytes: `'none'` if it is of an integer type, or if the first layer to change its values is
 * a `Normalization`, or a `Rescaling` that makes them smaller; else `'unit'`. A `Rescaling` by 1 or more is for 0..1.
 *
 * `CenterCrop` of TensorFlow.js 4.22 writes the size of the crop into the shape of what it reads, which layers that keep the
 * shape share with an input. The size that this had is lost then: it is taken as open, so that the layer, which crops from
 * any size, gets the image as it is.
 */
export function readInputs(model: LayersModel, { steps, inputs }: UseGraph): ModelInput[] {
  return model.inputs.map(({ shape, dtype }, index) => {
    const slots = new Set([inputs[index]!]);
    let isLost = false;
    let takesBytes = dtype === 'float32' ? undefined : true;
    for (const step of steps) {
      if (!step.inputs.some((slot) => slots.has(slot))) continue;
      const name = step.layer.getClassName();
      if (/^(Rescaling|Normalization)$/.test(name)) {
        const { scale = 0 } = step.layer as { scale?: number | number[] };
        takesBytes ??= [scale].flat().every((factor) => Math.abs(factor) < 1);
      } else if (!KEEPS.test(name)) continue;
      if (name === 'CenterCrop') isLost ||= String(step.shape) === String(shape);
      for (const slot of step.outputs) slots.add(slot);
    }
    return {
      shape: isLost ? [shape[0]!, null, null, shape[3]!] : shape,
      preprocess: takesBytes ? 'none' : 'unit',
    };
  });
}
