import { broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { Inputs, Kernel, KernelCall } from '../wasmBackend';
import { broadcastTo, repeatInOrder } from './broadcastTo';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Call = KernelCall<Inputs<'x' | 'alpha'>>;

/**
 * PReLU with slopes that are not one a channel, or one a place and channel, or that are whole numbers.
 *
 * The backend reads the slopes again and again from the first to the last, and the bits of whole numbers as those of floats.
 * Keras has other slopes with `shared_axes` of the channels. Here they are repeated as broadcasting says.
 */
export const prelu: Correction = {
  kernelName: 'Prelu',
  example: {
    inputs: {
      x: { shape: [2, 2], values: Float32Array.of(-1, -1, -1, -1) },
      alpha: { shape: [2, 1], values: Int32Array.of(1, 2) },
    },
    attributes: {},
    output: [-1, -1, -2, -2],
  },
  correct: (original: Kernel) => (call: Call) => {
    const { x, alpha } = call.inputs;
    const shape = broadcast_util.assertAndGetBroadcastShape(x.shape, alpha.shape);
    const inOrder = util.arraysEqual(shape, x.shape) && repeatInOrder(alpha.shape, shape);
    return inOrder && alpha.dtype === 'float32' ? original(call) : compute(original, call, shape);
  },
};

function compute(original: Kernel, { backend, inputs, attrs }: Call, shape: readonly number[]): TensorInfo {
  return composeKernels(backend, (workbench) => {
    if (util.sizeFromShape([...shape]) === 0) return workbench.make(shape, 'float32');
    const whole = (values: TensorInfo) => {
      const isFloat = values.dtype === 'float32';
      const floats = isFloat ? values : workbench.run('Cast', { x: values }, { dtype: 'float32' });
      return broadcastTo(workbench, floats, shape);
    };
    const [x, alpha] = [whole(inputs.x), whole(inputs.alpha)];
    return workbench.add(original({ backend, inputs: { x, alpha }, attrs }) as TensorInfo);
  });
}
