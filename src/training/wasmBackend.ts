import type { DataType, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { getKernel } from '@tensorflow/tfjs-core';

/** What the kernels use of tfjs's WASM backend. */
export interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    /** The exports of the binary: an internal of Emscripten, seen in the builds without threads. */
    readonly asm?: { readonly memory?: unknown };
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo;
  readSync(dataId: object): ArrayBufferView;
  write(values: Float32Array | Int32Array, shape: readonly number[], dtype: DataType): object;
  disposeData(dataId: object): boolean;
  incRef(dataId: object): void;
}

/** What tfjs hands to a kernel. */
export interface KernelCall<InputName extends string, Attributes = object> {
  readonly backend: WasmBackend;
  readonly inputs: Readonly<Record<InputName, TensorInfo>>;
  readonly attrs: Attributes;
}

/** A kernel of the backend that was there before. */
export type OriginalKernel = (call: unknown) => TensorInfo;

/** Calls a kernel of the backend from within another; the caller disposes the output. */
export function callKernel(
  backend: WasmBackend,
  name: string,
  inputs: Readonly<Record<string, TensorInfo>>,
  attrs: object,
): TensorInfo {
  const { kernelFunc } = getKernel(name, 'wasm') as KernelConfig;
  return kernelFunc({ backend, inputs: { ...inputs }, attrs: { ...attrs } }) as TensorInfo;
}

/** Address of a tensor's values. */
export function pointerTo(backend: WasmBackend, { dataId }: TensorInfo): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}

/** Number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
