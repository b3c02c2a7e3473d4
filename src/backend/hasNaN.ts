import { engine, getBackend, type Tensor } from '@tensorflow/tfjs-core';
import { type NaNScan, SCANNED, startNaNScan } from './nanScan';

/** What is used of tfjs's WASM backend. */
interface WasmMemory {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    /** The exports of the binary: an internal of Emscripten, seen in the builds without threads. */
    readonly asm?: { readonly memory?: unknown };
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
}

/** `null` for memory that cannot be looked through. */
const scans = new WeakMap<WasmMemory, NaNScan | null>();

/** Whether the backend in use has kernels that make NaN into a number: of tfjs 4.22 the WASM backend has, cpu has not. */
export function losesNaN(): boolean {
  return getBackend() === 'wasm';
}

/**
 * Whether a tensor on the WASM backend has a NaN among its values. They are looked at where they are, and not copied.
 *
 * @param tensor Stays the caller's; one that is not float32 has none.
 */
export function hasNaN({ dataId, dtype, shape, size }: Tensor): boolean {
  // Sizes below 0 are what tfjs makes of an image that is too small: there is no memory behind them.
  if (dtype !== 'float32' || size < 1 || shape.some((length) => length < 1)) return false;
  const backend = engine().backend as unknown as WasmMemory;
  const { memoryOffset } = backend.dataIdMap.get(dataId);
  let scan = scans.get(backend);
  if (scan === undefined) {
    scan = startNaNScan(backend.wasm.asm?.memory) ?? null;
    scans.set(backend, scan);
  }
  const scanned = scan ? size - (size % SCANNED) : 0;
  if (scanned > 0 && scan!(memoryOffset, memoryOffset + scanned * 4)) return true;
  if (scanned === size) return false;
  const rest = new Float32Array(backend.wasm.HEAPU8.buffer, memoryOffset + scanned * 4, size - scanned);
  for (let at = 0; at < rest.length; at++) if (Number.isNaN(rest[at])) return true;
  return false;
}
