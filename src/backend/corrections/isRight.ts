import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Kernel, makeFilled, type WasmBackend } from '../wasmBackend';
import type { Example } from './Correction';

/** Runs a kernel on an example. One that throws is not right. All that it makes is freed. */
export function isRight(kernel: Kernel, example: Example, backend: WasmBackend): boolean {
  const made: TensorInfo[] = [];
  try {
    const inputs = Object.fromEntries(
      Object.entries(example.inputs).map(([name, { shape, values }]) => {
        const dtype = values instanceof Int32Array ? 'int32' : 'float32';
        const info = makeFilled(backend, shape, dtype, values);
        made.push(info);
        return [name, info];
      }),
    );
    const outputs = [kernel({ backend, inputs, attrs: example.attributes })].flat();
    made.push(...outputs);
    const values = backend.typedArrayFromHeap(outputs[0]!);
    return (
      values.length === example.output.length && example.output.every((value, at) => values[at] === value)
    );
  } catch {
    return false;
  } finally {
    for (const { dataId } of made) backend.disposeData(dataId);
  }
}
