import '@tensorflow/tfjs-backend-cpu';
import { engine, type NamedAttrMap, setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { registerTrainingKernels } from '../../src/training/registerTrainingKernels';

/** Where a computation is to run: tfjs's own cpu backend is what the others are compared with. */
export type Place = 'cpu' | 'binary' | 'fallback';

export async function moveTo(place: Place): Promise<void> {
  if (place === 'cpu') {
    await setBackend('cpu');
    return;
  }
  await useWasmBackend();
  const path = await registerTrainingKernels({ binary: place === 'binary' });
  if (path !== place) throw new Error(`expected the path ${place}, got ${path}`);
}

export interface Values {
  readonly values: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/** Runs one kernel on plain values and returns plain values. */
export async function runKernelOn(
  place: Place,
  name: string,
  inputs: Readonly<Record<string, Values>>,
  attributes: object,
): Promise<{ values: Float32Array; shape: number[] }> {
  await moveTo(place);
  return tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([key, { values, shape }]) => [
        key,
        tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32'),
      ]),
    );
    const output = engine().runKernel(name, tensors, attributes as NamedAttrMap) as Tensor;
    return { values: output.dataSync() as Float32Array, shape: output.shape };
  });
}
