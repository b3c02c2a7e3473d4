import type { Kernel } from '../wasmBackend';

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
