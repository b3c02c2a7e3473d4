import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';

/** What the corrections use of tfjs's WASM backend. */
export interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  };
  /** `shape` is the one that the values were first written with, whatever they have been reshaped to since. */
  readonly dataIdMap: { get(dataId: object): { readonly shape: readonly number[] } };
  makeOutput(shape: readonly number[], dtype: DataType, pointer?: undefined, values?: Values): TensorInfo;
  /** A view of the values in the backend's memory, valid until more memory is taken. */
  typedArrayFromHeap(info: TensorInfo): Values;
  /** How many tensors share the values. */
  refCount(dataId: object): number;
  disposeData(dataId: object): boolean;
}

/** Values of a tensor: of type float32, int32 or bool. */
export type Values = Float32Array | Int32Array | Uint8Array;

/** What tfjs hands to a kernel. The inputs stay the caller's; what comes out becomes the caller's. */
export interface KernelCall<
  Inputs = Readonly<Record<string, TensorInfo | null | undefined>>,
  Attributes = object,
> {
  readonly backend: WasmBackend;
  readonly inputs: Inputs;
  readonly attrs: Attributes;
}

export type Kernel<Call = KernelCall> = (call: Call) => TensorInfo | TensorInfo[];

/** A small call of a kernel and what it must put out. */
export interface Example {
  readonly inputs: Readonly<
    Record<string, { readonly shape: number[]; readonly values: Float32Array | Int32Array }>
  >;
  readonly attributes: object;
  /** The values of the first output. */
  readonly output: readonly number[];
}

/** How one kernel of the WASM backend is put right. */
export interface Correction {
  readonly kernelName: string;
  /** What the kernel gets wrong, for short: where it is right, the kernel is left alone. Absent: it cannot be tried. */
  readonly example?: Example;
  /** Whether the backend has no such kernel; one that is there is then left alone. */
  readonly isMissing?: boolean;
  /** Makes the kernel that is right of the one that is registered, which gets every call that it does well. */
  correct(original: Kernel): Kernel<never>;
}
