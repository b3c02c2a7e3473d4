import type { Tensor } from '@tensorflow/tfjs-core';
import { ensureBackend } from '../backend/ensureBackend';
import { describeValue } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import { requireRaw } from '../common/requireRaw';
import type { Activation } from '../common/types';
import type { ImageInput, NetworkInput } from '../image/ImageInput';
import { IMAGE_OPTIONS, type ImageOptions, imageToTensor } from '../image/imageToTensor';
import { inputsToTensors } from '../image/inputsToTensors';
import { type ActivationModel, isActivationModel } from '../model/selection/ActivationModel';
import { runActivationModel } from './runActivationModel';

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
  requireRaw('activationModel', activationModel);
  requireOptions(options, IMAGE_OPTIONS);
  await ensureBackend();
  const inputs = await readInputs(img, activationModel, options);
  try {
    return await runActivationModel(activationModel, inputs);
  } finally {
    for (const input of inputs) input.dispose();
  }
}

async function readInputs(
  img: NetworkInput,
  activationModel: ActivationModel,
  options: ImageOptions,
): Promise<Tensor[]> {
  const { inputShape, inputShapes, preprocess } = activationModel;
  if (inputShapes.length === 1 && inputShape.length === 4) {
    return [await imageToTensor(img as ImageInput, inputShape, options, preprocess)];
  }
  return await inputsToTensors(img, activationModel, options);
}
