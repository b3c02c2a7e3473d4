import type { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { formatShape } from '../../common/errors';
import { quote } from '../../common/quote';

/**
 * Finds the weight that a model cannot take because it has another shape: TensorFlow.js names both shapes, but not the layer.
 *
 * @returns An error that names it, or `undefined` if there is none.
 */
export function findWrongWeight(
  { weights }: LayersModel,
  specs: readonly io.WeightsManifestEntry[],
): Error | undefined {
  const shapes = new Map(weights.map((weight) => [weight.originalName, formatShape(weight.shape)]));
  const wrong = specs.find(({ name, shape }) => shapes.has(name) && shapes.get(name) !== formatShape(shape));
  if (!wrong) return undefined;
  const end = wrong.name.lastIndexOf('/');
  const layer = quote(wrong.name.slice(0, end));
  return new Error(
    `the layer ${layer}: expected ${wrong.name.slice(end + 1)} of shape ${shapes.get(wrong.name)}, got ${formatShape(wrong.shape)}; the weights are those of another model`,
  );
}
