import { type DataType, getKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type Kernel, makeFilled, type Values, type WasmBackend } from '../wasmBackend';

/** What a kernel that is made of others works with. */
export interface Workbench {
  /** Calls a kernel of the backend, the one that is registered at that time. */
  run(name: string, inputs: Readonly<Record<string, TensorInfo>>, attributes?: object): TensorInfo;
  /** Takes memory for values that are computed in JavaScript, and writes them there if they are given. */
  make(shape: readonly number[], dtype: DataType, values?: Values): TensorInfo;
  /** Keeps count of what something else has put out. */
  add(info: TensorInfo): TensorInfo;
}

/**
 * Makes one kernel of several: what they leave on the way is freed, after an error too.
 *
 * @param work Returns what the whole puts out, which it has from the workbench or has not told it of.
 */
export function composeKernels<Output extends TensorInfo | TensorInfo[]>(
  backend: WasmBackend,
  work: (workbench: Workbench) => Output,
): Output {
  const made = new Set<TensorInfo>();
  const add = (info: TensorInfo): TensorInfo => {
    made.add(info);
    return info;
  };
  try {
    const output = work({
      run(name, inputs, attributes = {}) {
        const kernel = getKernel(name, 'wasm')?.kernelFunc as unknown as Kernel | undefined;
        if (!kernel) throw new Error(`expected the kernel ${name} in the WASM backend, got none`);
        return add(kernel({ backend, inputs, attrs: attributes }) as TensorInfo);
      },
      make: (shape, dtype, values) =>
        add(values ? makeFilled(backend, shape, dtype, values) : backend.makeOutput(shape, dtype)),
      add,
    });
    for (const info of [output].flat()) made.delete(info);
    return output;
  } finally {
    for (const { dataId } of made) backend.disposeData(dataId);
  }
}
