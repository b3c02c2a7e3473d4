import { serialization } from '@tensorflow/tfjs-core';
import { describeValue } from '../../common/errors';
import { quote } from '../../common/quote';
import type { Writer } from './findWriter';
import { type KerasConfig, toCamelCase } from './KerasConfig';

/**
 * Checks that TensorFlow.js has the activation functions of a layer, and computes them as the writer of the model does.
 *
 * What goes by one name in both is the same, but for `hard_sigmoid`: Keras 3 computes relu6(x + 3) / 6, Keras 2 and
 * TensorFlow.js 0.2 x + 0.5 between 0 and 1.
 *
 * @param config Converted.
 * @throws Error naming the layer, the function and what to do.
 */
export function requireActivations(config: KerasConfig, path: string, writer: Writer): void {
  for (const [option, value] of Object.entries(config)) {
    if (!option.endsWith('activation') || typeof value !== 'string') continue;
    if (writer === 'keras3' && value === 'hard_sigmoid') {
      throw new Error(
        `the layer ${quote(path)} has the activation function "hard_sigmoid", which Keras 3 computes otherwise than TensorFlow.js; use "sigmoid"`,
      );
    }
    if (isActivation(toCamelCase(value))) continue;
    throw new Error(
      `the layer ${quote(path)} has the activation function ${describeValue(value)}, which TensorFlow.js does not have; use another one, or convert the model into a graph model`,
    );
  }
}

/** Layers, initializers and the like are known by their names too. */
function isActivation(name: string): boolean {
  const [known] = serialization.SerializationMap.getMap().classNameMap[name] ?? [];
  // Functions begin with a small letter, in Keras and in TensorFlow.js; all else with a capital.
  return known !== undefined && /^[a-z]/.test(name);
}
