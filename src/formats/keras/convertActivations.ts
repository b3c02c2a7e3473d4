import { serialization } from '@tensorflow/tfjs-core';
import { describeValue } from '../../common/errors';
import { quote } from '../../common/quote';
import type { Writer } from './findWriter';
import { type KerasConfig, toCamelCase } from './KerasConfig';
import { putKerasActivation } from './layers/putKerasActivation';

/** What Keras 3 computes otherwise than Keras 2 and TensorFlow.js, by the name that it gets here. */
const OF_KERAS_3: Readonly<Record<string, string>> = { hard_sigmoid: 'hard_sigmoid_of_keras3' };

/**
 * Puts functions that do as the writer of the model does in the place of the activation functions of a layer that
 * TensorFlow.js has not, or computes otherwise.
 *
 * What goes by one name in both is the same, but for `hard_sigmoid`: Keras 3 computes relu6(x + 3) / 6, Keras 2 and
 * TensorFlow.js 0.2 x + 0.5 between 0 and 1.
 *
 * @param config Converted.
 * @throws Error naming the layer, the function and what to do.
 */
export function convertActivations(config: KerasConfig, path: string, writer: Writer): KerasConfig {
  return Object.fromEntries(
    Object.entries(config).map(([option, value]) => {
      if (!option.endsWith('activation') || typeof value !== 'string') return [option, value];
      const name = (writer === 'keras3' && OF_KERAS_3[value]) || value;
      if (isActivation(toCamelCase(name)) || putKerasActivation(name)) return [option, name];
      throw new Error(
        `the layer ${quote(path)} has the activation function ${describeValue(value)}, which TensorFlow.js does not have; use another one, or convert the model into a graph model`,
      );
    }),
  );
}

/** Layers, initializers and the like are known by their names too. */
function isActivation(name: string): boolean {
  const [known] = serialization.SerializationMap.getMap().classNameMap[name] ?? [];
  // Functions begin with a small letter, in Keras and in TensorFlow.js; all else with a capital.
  return known !== undefined && /^[a-z]/.test(name);
}
