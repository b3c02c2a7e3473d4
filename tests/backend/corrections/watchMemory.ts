import { engine, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../../../src/backend/wasmBackend';

/** Bytes before and behind each tensor. */
const ZONE = 256;
const PATTERNS = [0x3f, 0xc1, 0x80] as const;

/** What a computation puts out. */
export interface Watched {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/**
 * Computes something three times over memory that was filled with three patterns, each tensor between two zones that are
 * nobody's.
 *
 * @returns The outputs.
 * @throws Error if a zone was written to, or if an output depends on what was in memory before.
 */
export function watchMemory(compute: () => Tensor | Tensor[]): Watched[] {
  const { wasm } = engine().backend as unknown as WasmBackend;
  const { _malloc: allocate, _free: free } = wasm;
  const live = new Map<number, { start: number; bytes: number; pattern: number }>();
  let pattern: number = PATTERNS[0];
  let isWritten = false;
  const look = ({ start, bytes, pattern: own }: { start: number; bytes: number; pattern: number }) => {
    for (const zone of [start, start + ZONE + bytes]) {
      isWritten ||= wasm.HEAPU8.subarray(zone, zone + ZONE).some((byte) => byte !== own);
    }
  };
  Object.assign(wasm, {
    _malloc(bytes: number): number {
      const start = allocate(bytes + 2 * ZONE);
      wasm.HEAPU8.fill(pattern, start, start + bytes + 2 * ZONE);
      live.set(start + ZONE, { start, bytes, pattern });
      return start + ZONE;
    },
    _free(pointer: number): void {
      const block = live.get(pointer);
      if (block) look(block);
      live.delete(pointer);
      free(block?.start ?? pointer);
    },
  });
  try {
    const [first, ...others] = PATTERNS.map((each) => {
      pattern = each;
      return tidy(() => {
        const outputs = [compute()].flat();
        for (const block of live.values()) look(block);
        return outputs.map((output) => ({
          dtype: output.dtype,
          shape: output.shape,
          values: [...output.dataSync()],
        }));
      });
    });
    if (isWritten) throw new Error('memory beyond a tensor was written to');
    for (const other of others) {
      if (JSON.stringify(other) !== JSON.stringify(first)) {
        throw new Error(`memory that was never written came out: ${JSON.stringify([first, other])}`);
      }
    }
    return first!;
  } finally {
    Object.assign(wasm, { _malloc: allocate, _free: free });
  }
}
