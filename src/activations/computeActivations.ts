import { getBackend, type Tensor, type TypedArray } from '@tensorflow/tfjs-core';
import { ensureBackend } from '../backend/ensureBackend';
import { describeValue, formatShape, requireOptions } from '../errors';
import type { ImageInput, NetworkInput } from '../image/ImageInput';
import { type ImageOptions, imageToTensor } from '../image/imageToTensor';
import { type ActivationModel, isActivationModel } from '../model/ActivationModel';
import type { Activation } from '../types';

export type ComputeActivationsOptions = ImageOptions;

/**
 * Runs an image, or a batch of them, through the network once and returns what each chosen layer puts out, as plain
 * data. Every tensor made on the way is disposed. Runs on the backend that the app has set, WASM SIMD if there is none.
 *
 * @param activationModel From `createActivationModel`; stays the caller's.
 * @param img See {@link NetworkInput}; stays the caller's and is not changed.
 * @throws TypeError or RangeError (the promise is rejected) if `img` is no image, is not finite, or does not fit the
 * model; Error if a model has been disposed.
 */
export async function computeActivations(
  activationModel: ActivationModel,
  img: NetworkInput,
  options: ComputeActivationsOptions = {},
): Promise<Activation[]> {
  if (!isActivationModel(activationModel)) {
    throw new TypeError(
      `activationModel: expected what createActivationModel returns, got ${describeValue(activationModel)}`,
    );
  }
  requireOptions(options);
  await ensureBackend();
  const inputs = await readInputs(img, activationModel, options);
  try {
    const outputs = activationModel.predict(inputs);
    try {
      requireOutputs(activationModel, inputs[0]!.shape, outputs);
      return await Promise.all(
        outputs.map(async (output, index): Promise<Activation> => {
          const { name, className, preActivation } = activationModel.layers[index]!;
          const data = toOwnFloats(await output.data());
          const { shape } = output;
          // One by one, so that the whole network is not held twice.
          output.dispose();
          return {
            layerName: name,
            className,
            shape: [...shape],
            data,
            ...(preActivation !== undefined && { preActivation }),
          };
        }),
      );
    } finally {
      for (const output of outputs) output.dispose();
    }
  } finally {
    for (const input of inputs) input.dispose();
  }
}

/** Most networks take one image; what others take is read by code that is loaded for them. */
async function readInputs(
  img: NetworkInput,
  activationModel: ActivationModel,
  options: ImageOptions,
): Promise<Tensor[]> {
  const { inputShape, inputShapes } = activationModel;
  if (inputShapes.length === 1 && inputShape.length === 4) {
    return [await imageToTensor(img as ImageInput, inputShape, options)];
  }
  const { inputsToTensors } = await import('../image/inputsToTensors');
  return await inputsToTensors(img, activationModel, options);
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
