import type { DataType, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { getKernel } from '@tensorflow/tfjs-core';

/** What is used of tfjs's WASM backend, which has no types for its kernels. */
export interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    /** The exports of the binary: an internal of Emscripten, seen in the builds without threads. */
    readonly asm?: { readonly memory?: unknown };
  };
  /** `shape` is the one that the values were first written with, whatever they have been reshaped to since. */
  readonly dataIdMap: {
    get(dataId: object): { readonly shape: readonly number[]; readonly memoryOffset: number };
  };
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo;
  /** A view of the values in the backend's memory, valid until more memory is taken. */
  typedArrayFromHeap(info: TensorInfo): Values;
  readSync(dataId: object): ArrayBufferView;
  write(values: Float32Array | Int32Array, shape: readonly number[], dtype: DataType): object;
  /** How many tensors share the values. */
  refCount(dataId: object): number;
  incRef(dataId: object): void;
  disposeData(dataId: object): boolean;
}

/** Values of a tensor: of type float32, int32 or bool. */
export type Values = Float32Array | Int32Array | Uint8Array;

/** Inputs of a kernel that are always there. */
export type Inputs<Name extends string> = Readonly<Record<Name, TensorInfo>>;

/** What tfjs hands to a kernel. The inputs stay the caller's; what comes out becomes the caller's. */
export interface KernelCall<
  Given = Readonly<Record<string, TensorInfo | null | undefined>>,
  Attributes = object,
> {
  readonly backend: WasmBackend;
  readonly inputs: Given;
  readonly attrs: Attributes;
}

export type Kernel<Call = KernelCall, Output = TensorInfo | TensorInfo[]> = (call: Call) => Output;

/** A kernel of the backend that was there before, of one output. */
export type OriginalKernel = Kernel<unknown, TensorInfo>;

/** Takes memory for values and writes them there: `makeOutput` takes none before TensorFlow.js 4.3. */
export function makeFilled(
  backend: WasmBackend,
  shape: readonly number[],
  dtype: DataType,
  values: Values,
): TensorInfo {
  const info = backend.makeOutput(shape, dtype);
  backend.typedArrayFromHeap(info).set(values);
  return info;
}

/** Calls a kernel of the backend from within another; the caller disposes the output. */
export function callKernel(
  backend: WasmBackend,
  name: string,
  inputs: Readonly<Record<string, TensorInfo>>,
  attrs: object,
): TensorInfo {
  const { kernelFunc } = getKernel(name, 'wasm') as KernelConfig;
  return kernelFunc({ backend, inputs: { ...inputs }, attrs: { ...attrs } } as never) as TensorInfo;
}

/** Address of a tensor's values. */
export function pointerTo(backend: WasmBackend, { dataId }: TensorInfo): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}

/** Number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
