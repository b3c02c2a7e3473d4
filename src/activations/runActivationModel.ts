import { getBackend, type Tensor, type TypedArray } from '@tensorflow/tfjs-core';
import { formatShape } from '../common/errors';
import { quote } from '../common/quote';
import type { Activation } from '../common/types';
import type { ActivationModel } from '../model/selection/ActivationModel';

/**
 * Runs an activation model on tensors and reads what comes out. Every tensor made on the way is disposed.
 *
 * @param inputs A tensor for each input of the model; they stay the caller's.
 * @returns An entry a layer, but for those that put out a single number and were not asked for by name.
 * @throws RangeError (the promise is rejected) if an image is too small for a layer, or nothing is left.
 */
export async function runActivationModel(
  activationModel: ActivationModel,
  inputs: readonly Tensor[],
): Promise<Activation[]> {
  const lost = new Set<number>();
  const onLostNaN = (index: number) => void lost.add(index);
  const outputs =
    (await activationModel.predictAsync?.(inputs, onLostNaN)) ?? activationModel.predict(inputs, onLostNaN);
  try {
    requireOutputs(activationModel, inputs[0]!.shape, outputs);
    const activations: Activation[] = [];
    for (const [index, output] of outputs.entries()) {
      const { name, shortName, className, preActivation, optional } = activationModel.layers[index]!;
      if (optional && output.rank === 0) continue;
      activations.push({
        layerName: name,
        ...(shortName !== undefined && { shortName }),
        className,
        shape: [...output.shape],
        data: toOwnFloats(await output.data()),
        ...(preActivation !== undefined && { preActivation }),
        ...(lost.has(index) && { lostNaN: true as const }),
      });
      // One after the other, so that the whole network is not held twice.
      output.dispose();
    }
    if (activations.length > 0) return activations;
    throw new RangeError(
      `layers: expected a node that puts out a map, got ${outputs.length} with a single number each`,
    );
  } finally {
    for (const output of outputs) output.dispose();
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
    `img: expected a size that leaves something for the layer ${quote(layers[index]!.name)}, got ${formatShape(inputShape)}` +
      `, of which it makes ${formatShape(outputs[index]!.shape)}`,
  );
}

/** The WASM backend reads into new memory; others hand out what they keep, which another tensor may share. */
function toOwnFloats(values: TypedArray): Float32Array {
  return getBackend() === 'wasm' && values instanceof Float32Array ? values : new Float32Array(values);
}
