import type { WasmBackend } from '../wasmBackend';

/** On the backend's module, which may be in the hands of two copies of this one. */
const GUARDED = Symbol.for('layerscope.guardedMemory');

/** What an address of 32 bits can reach. */
const MOST_BYTES = 2 ** 32;

/** Bytes that are left behind every tensor that is made: kernels take some for themselves, and do not look if they get them. */
export const HEADROOM = 2 ** 18;

/**
 * Makes the backend say that its memory is full.
 *
 * WebAssembly's memory ends at 4 GiB, and that of a page often before. The allocator then returns 0, which tfjs takes for an
 * address: it writes the new tensor over whatever is there, and another tensor changes without a word. Near the end it also
 * returns addresses of less memory than was asked for, as its sums overflow; and of more than 4 GiB at once it sees only the
 * remainder. Here the allocation throws in each case, before anything is written.
 *
 * @throws RangeError, by the allocations that follow, saying how many bytes there were not.
 */
export function guardMemory({ wasm }: WasmBackend): void {
  if (GUARDED in wasm) return;
  // The first call puts the allocator itself in the place of the function that looks it up; it would replace ours.
  wasm._free(wasm._malloc(1));
  const allocate = wasm._malloc;
  /** @returns 0 where there is none. */
  const take = (bytes: number): number => {
    const pointer = bytes < MOST_BYTES ? allocate(bytes) : 0;
    // Above 2 GiB the address comes as a negative number.
    if ((pointer >>> 0) + bytes <= MOST_BYTES) return pointer;
    if (pointer !== 0) wasm._free(pointer);
    return 0;
  };
  Object.assign(wasm, {
    [GUARDED]: true,
    _malloc(bytes: number): number {
      const pointer = take(bytes);
      const spare = pointer === 0 ? 0 : take(HEADROOM);
      if (spare !== 0) wasm._free(spare);
      if (spare !== 0 || bytes === 0) return pointer;
      if (pointer !== 0) wasm._free(pointer);
      throw new RangeError(
        `the memory of the WASM backend is full: it has no ${bytes} bytes left; give a smaller image, or look into fewer layers`,
      );
    },
  });
}
