import type { WasmBackend } from '../backend/wasmBackend';
import { decodeBase64 } from '../common/decodeBase64';
import { kernelBinary } from './embedded/kernels.generated';

type Export = (...args: number[]) => void;

/** What the binary exports; the sources in `assembly` say what each does and takes. */
export interface TrainingBinary {
  readonly adam: Export;
  readonly addBias: Export;
  readonly conv2dBackpropFilter: Export;
  readonly conv2dBackpropInput: Export;
  readonly cropChannels: Export;
  readonly cropImages: Export;
  readonly depthwiseBackpropFilter: Export;
  readonly depthwiseBackpropInput: Export;
  readonly matMul: Export;
  readonly maxPoolGrad: Export;
  readonly padImages: Export;
  readonly reluGrad: Export;
  readonly sumRows: Export;
  readonly transpose: Export;
  readonly unsortedSegmentSum: Export;
}

/** The compiled module; none while it is not wanted, not compiled yet, or cannot be. */
let compiled: WebAssembly.Module | undefined;
let wanted = true;
let instances = new WeakMap<WasmBackend, TrainingBinary | undefined>();

/**
 * Compiles the binary, once.
 *
 * @param use Whether it is to be used from now on.
 */
export async function prepareBinary(use: boolean): Promise<void> {
  wanted = use;
  if (!use || compiled) return;
  const bytes = decodeBase64(kernelBinary);
  compiled = await WebAssembly.compile(bytes).catch(() => undefined);
  instances = new WeakMap();
}

/**
 * Returns the binary working in the memory of a backend.
 *
 * @returns `undefined` where the path without it is to be taken: it is not wanted, or the memory cannot be reached.
 */
export function binaryFor(backend: WasmBackend): TrainingBinary | undefined {
  if (!wanted || !compiled) return undefined;
  if (!instances.has(backend)) instances.set(backend, instantiate(compiled, backend));
  return instances.get(backend);
}

function instantiate(module: WebAssembly.Module, { wasm }: WasmBackend): TrainingBinary | undefined {
  const memory = wasm?.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory) || memory.buffer !== wasm.HEAPU8.buffer) return undefined;
  try {
    return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as TrainingBinary;
  } catch {
    return undefined; // memory that threads share cannot be imported by a binary without them
  }
}
