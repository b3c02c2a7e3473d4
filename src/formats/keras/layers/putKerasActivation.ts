import {
  abs,
  add,
  clipByValue,
  div,
  exp,
  greater,
  leakyRelu,
  logSigmoid,
  mul,
  relu,
  relu6,
  serialization,
  sqrt,
  square,
  sub,
  type Tensor,
  tanh,
  tidy,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { toCamelCase } from '../KerasConfig';

type ActivationFunction = (x: Tensor) => Tensor;

/**
 * Functions that Keras has and TensorFlow.js has not, by their names in TensorFlow.js; their parameters are the defaults of
 * `keras.activations`.
 */
const FUNCTIONS: Readonly<Record<string, ActivationFunction>> = {
  exponential: exp,
  /** By the tanh, as KerasHub names it; Keras's own `gelu` is exact. */
  geluApproximate: (x) => {
    const inner = mul(add(x, mul(mul(square(x), x), 0.044715)), Math.sqrt(2 / Math.PI));
    return mul(mul(x, 0.5), add(tanh(inner), 1));
  },
  hardShrink: (x) => where(greater(abs(x), 0.5), x, zerosLike(x)),
  /** Of Keras 3. Of Keras 2 and TensorFlow.js, `hardSigmoid` is 0.2 x + 0.5 between 0 and 1. */
  hardSigmoidOfKeras3: hardSigmoid,
  hardSilu: (x) => mul(x, hardSigmoid(x)),
  hardTanh: (x) => clipByValue(x, -1, 1),
  logSigmoid,
  softShrink: (x) => sub(x, clipByValue(x, -0.5, 0.5)),
  /** A parabola between -1 and 1, where it comes to meet 0 and x. */
  sparsePlus: (x) => add(relu(sub(x, 1)), square(div(add(clipByValue(x, -1, 1), 1), 2))),
  sparseSigmoid: (x) => div(add(clipByValue(x, -1, 1), 1), 2),
  squareplus: (x) => div(add(x, sqrt(add(square(x), 4))), 2),
  tanhShrink: (x) => sub(x, tanh(x)),
};
/** One that says its slope below 0; Keras writes it as a layer that is the activation function of another. */
const LEAKY = /^leakyRelu(\d[\d.e-]*)?$/;

function hardSigmoid(x: Tensor): Tensor {
  return div(relu6(add(x, 3)), 6);
}

/**
 * Registers a function of Keras that TensorFlow.js does not have, by the name that it has in files, `in_this_way`.
 *
 * @returns Whether there is one of that name.
 */
export function putKerasActivation(name: string): boolean {
  const className = toCamelCase(name);
  const leaky = LEAKY.exec(className);
  const slope = Number(leaky?.[1] ?? 0.2);
  const compute = leaky ? (x: Tensor) => leakyRelu(x, slope) : FUNCTIONS[className];
  if (!compute) return false;
  serialization.registerClass(
    class extends serialization.Serializable {
      static readonly className = className;

      apply(x: Tensor): Tensor {
        return tidy(() => compute(x));
      }

      getConfig(): serialization.ConfigDict {
        return {};
      }
    },
  );
  return true;
}
