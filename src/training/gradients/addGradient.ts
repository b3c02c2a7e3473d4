import { type GradConfig, getBackend, getGradient, registerGradient } from '@tensorflow/tfjs-core';
import type { Gradient } from './gradientTypes';

/**
 * Registers a gradient that tfjs lacks, for the WASM backend. Where the running version of tfjs has one, that stays. A
 * gradient is for all backends; on others tfjs refuses as it did.
 *
 * @param saves Names of the inputs that the gradient takes, or `'all'` for a kernel whose inputs are a list.
 */
export function addGradient<Attributes>(
  kernelName: string,
  saves: string[] | 'all',
  gradient: Gradient<Attributes>,
): void {
  if (getGradient(kernelName)) return;
  registerGradient({
    kernelName,
    ...(saves === 'all' ? { saveAllInputs: true } : { inputsToSave: saves }),
    gradFunc: ((dy, saved, attributes) => {
      if (getBackend() !== 'wasm') {
        throw new Error(`Cannot compute gradient: gradient function not found for ${kernelName}.`);
      }
      return gradient(dy, saved, attributes);
    }) as Gradient<Attributes> as unknown as GradConfig['gradFunc'],
  });
}
