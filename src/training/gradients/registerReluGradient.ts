import {
  engine,
  type GradConfig,
  getBackend,
  getGradient,
  registerGradient,
  type Tensor,
  zerosLike,
} from '@tensorflow/tfjs-core';

/** Name of our kernel for the gradient of ReLU; tfjs has none of its own and makes it of three. */
export const RELU_GRAD = 'LayerscopeReluGrad';

/** Registers the gradient of ReLU in one kernel, for the WASM backend. On others it stays what it was. */
export function registerReluGradient(): void {
  const original: GradConfig = getGradient('Relu');
  registerGradient({
    ...original,
    gradFunc: (dy, saved, attrs) => {
      if (getBackend() !== 'wasm') return original.gradFunc(dy, saved, attrs);
      const [x] = saved as [Tensor];
      return { x: () => engine().runKernel(RELU_GRAD, { dy: dy as Tensor, x }) as Tensor };
    },
  });
  // So that a gradient of a gradient can be taken too.
  registerGradient({
    kernelName: RELU_GRAD,
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => {
      const [x] = saved as [Tensor];
      return {
        dy: () => engine().runKernel(RELU_GRAD, { dy: dy as Tensor, x }) as Tensor,
        x: () => zerosLike(x),
      };
    },
  });
}
