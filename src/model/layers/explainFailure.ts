import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { formatShape } from '../../common/errors';
import { explainMemory, isDamage } from '../../common/explainMemory';

/**
 * Says why a layer fails, and what to do, where TensorFlow.js does not.
 *
 * @param inputs What the layer was given.
 * @returns The words in place of the error's own; `undefined` where those will do.
 */
export function explainFailure(
  error: unknown,
  layer: layers.Layer,
  inputs: readonly Tensor[],
): string | undefined {
  if (!isDamage(error)) {
    const words = layer.getClassName() === 'Embedding' && explainTokens(layer, inputs[0]!);
    if (words) return words;
  }
  if (error instanceof Error && /CAUSAL padding mode/.test(error.message)) {
    return 'TensorFlow.js has no causal padding; saveModel and loadModel of layerscope/node, or convertKerasModel, put a layer in its place that has';
  }
  return explainMemory(error, shapeOf(layer, inputs));
}

/** The first number of what was given that stands for no row of the table. */
function explainTokens(layer: layers.Layer, tokens: Tensor): string | undefined {
  const { inputDim } = layer as layers.Layer & { readonly inputDim: number };
  const values = tokens.dataSync();
  const at = values.findIndex((value) => !(Math.trunc(value) >= 0 && value < inputDim));
  if (at < 0) return undefined;
  const place = tokens.shape.map((length, axis) => {
    const behind = tokens.shape.slice(axis + 1).reduce((product, size) => product * size, 1);
    return Math.floor(at / behind) % length;
  });
  return `expected tokens from 0 to ${inputDim - 1}, since its inputDim is ${inputDim}, got ${values[at]} at ${formatShape(place)} of ${formatShape(tokens.shape)}`;
}

/** What the layer would have put out; a layer may be unable to tell. */
function shapeOf(layer: layers.Layer, inputs: readonly Tensor[]): readonly number[] | undefined {
  try {
    const given = inputs.map(({ shape }) => [...shape]);
    const shape = layer.computeOutputShape(given.length === 1 ? given[0]! : given);
    return (Array.isArray(shape[0]) ? shape[0] : shape) as number[];
  } catch {
    return undefined;
  }
}
