import type { WasmBackend } from '../backend/wasmBackend';

/**
 * Gives a kernel memory for its intermediate values and frees it afterwards.
 *
 * @param work Takes a function that allocates so many float32 values and returns their address.
 * @throws RangeError if the backend has no more memory.
 */
export function withScratch(backend: WasmBackend, work: (allocate: (count: number) => number) => void): void {
  const pointers: number[] = [];
  const allocate = (count: number): number => {
    // Above 2 GiB the address comes as a negative number.
    const pointer = backend.wasm._malloc(count * 4) >>> 0;
    if (pointer === 0) throw new RangeError(`out of memory: the WASM backend has no ${count * 4} bytes left`);
    pointers.push(pointer);
    return pointer;
  };
  try {
    work(allocate);
  } finally {
    for (const pointer of pointers) backend.wasm._free(pointer);
  }
}
