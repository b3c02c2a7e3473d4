import { getBackend, type Tensor, type TypedArray } from '@tensorflow/tfjs-core';
import { ensureBackend } from '../backend/ensureBackend';
import { describeValue, formatShape, requireOptions } from '../errors';
import type { ImageInput } from '../image/ImageInput';
import { type ImageOptions, imageToTensor } from '../image/imageToTensor';
import { type ActivationModel, isActivationModel } from '../model/createActivationModel';
import type { Activation } from '../types';

export type ComputeActivationsOptions = ImageOptions;

/**
 * Runs an image, or a batch of them, through the network once and returns what each chosen layer puts out, as plain
 * data. Every tensor made on the way is disposed. Runs on the backend that the app has set, WASM SIMD if there is none.
 *
 * @param activationModel From `createActivationModel`; stays the caller's.
 * @param img See {@link ImageInput}; stays the caller's and is not changed.
 * @throws TypeError or RangeError (the promise is rejected) if `img` is no image, is not finite, or does not fit the
 * model; Error if a model has been disposed.
 */
export async function computeActivations(
  activationModel: ActivationModel,
  img: ImageInput,
  options: ComputeActivationsOptions = {},
): Promise<Activation[]> {
  if (!isActivationModel(activationModel)) {
    throw new TypeError(
      `activationModel: expected what createActivationModel returns, got ${describeValue(activationModel)}`,
    );
  }
  requireOptions(options);
  await ensureBackend();
  const input = await imageToTensor(img, activationModel.inputShape, options);
  try {
    const outputs = activationModel.predict(input);
    try {
      requireOutputs(activationModel, input.shape, outputs);
      return await Promise.all(
        outputs.map(async (output, index): Promise<Activation> => {
          const { name, className } = activationModel.layers[index]!;
          return {
            layerName: name,
            className,
            shape: [...output.shape],
            data: toOwnFloats(await output.data()),
          };
        }),
      );
    } finally {
      for (const output of outputs) output.dispose();
    }
  } finally {
    input.dispose();
  }
}

/** tfjs computes with negative sizes where an image is smaller than the windows that go over it. */
function requireOutputs(
  { layers }: ActivationModel,
  inputShape: readonly number[],
  outputs: readonly Tensor[],
): void {
  const index = outputs.findIndex(({ shape }) => shape.some((size) => size < 1));
  if (index < 0) return;
  throw new RangeError(
    `img: expected a size that leaves something for the layer ${JSON.stringify(layers[index]!.name)}, got ${formatShape(inputShape)}` +
      `, of which it makes ${formatShape(outputs[index]!.shape)}`,
  );
}

/** The WASM backend reads into new memory; others hand out what they keep, which another tensor may share. */
function toOwnFloats(values: TypedArray): Float32Array {
  return getBackend() === 'wasm' && values instanceof Float32Array ? values : new Float32Array(values);
}
