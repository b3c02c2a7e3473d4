import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Workbench } from './composeKernels';

/** How a fused kernel ends, by tfjs's names. */
export interface Ending {
  readonly bias?: TensorInfo | null | undefined;
  readonly preluActivationWeights?: TensorInfo | null | undefined;
  readonly activation: string;
  readonly leakyreluAlpha?: number | null | undefined;
}

const KERNELS: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  sigmoid: 'Sigmoid',
  elu: 'Elu',
};

/**
 * Adds the bias and applies the activation, as a fused kernel does to what it has computed.
 *
 * @throws Error for an activation that the backend's fused kernels do not have either.
 */
export function activate({ run }: Workbench, values: TensorInfo, ending: Ending): TensorInfo {
  const { bias, preluActivationWeights, activation, leakyreluAlpha } = ending;
  const x = bias ? run('Add', { a: values, b: bias }) : values;
  if (activation === 'linear') return x;
  if (activation === 'prelu') return run('Prelu', { x, alpha: preluActivationWeights! });
  if (activation === 'leakyrelu') return run('LeakyRelu', { x }, { alpha: leakyreluAlpha ?? 0 });
  const kernel = KERNELS[activation];
  if (!kernel) throw new Error(`activation: expected one of the WASM backend, got ${activation}`);
  return run(kernel, { x });
}
