import { engine, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasNaN, losesNaN } from '../../src/backend/hasNaN';
import { SCANNED, startNaNScan } from '../../src/backend/nanScan';
import { useWasmBackend } from '../../src/backend/useWasmBackend';

beforeAll(() => useWasmBackend());

function has(values: ArrayLike<number>): boolean {
  const given = tensor(Float32Array.from(values));
  const found = hasNaN(given);
  given.dispose();
  return found;
}

describe('hasNaN', () => {
  it('finds a NaN wherever it is, in tensors of any length', () => {
    expect(losesNaN()).toBe(true);
    for (const length of [1, 2, 15, 16, 17, 31, 32, 100]) {
      const values = new Float32Array(length).fill(-1.5);
      expect(has(values)).toBe(false);
      for (let at = 0; at < length; at++)
        expect(has(values.map((value, index) => (index === at ? Number.NaN : value)))).toBe(true);
    }
  });

  it('takes the infinities, zeros, the largest and the smallest floats for numbers', () => {
    const numbers = [1 / 0, -1 / 0, 0, -0, 3.4028234663852886e38, -3.4028234663852886e38, 1.4e-45, -1.4e-45];
    expect(has([...numbers, ...numbers])).toBe(false);
    expect(has(numbers.slice(0, 5))).toBe(false);
  });

  it('takes NaN of any sign and content for one', () => {
    for (const bits of [0x7fc00000, 0xffc00000, 0x7f800001, 0xff800001, 0xffffffff]) {
      const given = tensor(new Float32Array(32));
      const { backend } = engine() as unknown as {
        backend: { wasm: { HEAPU8: Uint8Array }; dataIdMap: { get(id: object): { memoryOffset: number } } };
      };
      const { memoryOffset } = backend.dataIdMap.get(given.dataId);
      new Uint32Array(backend.wasm.HEAPU8.buffer, memoryOffset, 32)[7] = bits;
      expect(hasNaN(given)).toBe(true);
      given.dispose();
    }
  });

  it('sees none in whole numbers and in nothing', () => {
    const given = [tensor([-1, -1], [2], 'int32'), tensor([], [0])];
    expect(given.map(hasNaN)).toEqual([false, false]);
    for (const each of given) each.dispose();
  });
});

describe('startNaNScan', () => {
  it('looks from start to end and no farther', () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const values = new Float32Array(memory.buffer);
    const scan = startNaNScan(memory)!;
    values[SCANNED * 2] = Number.NaN;
    expect(scan(0, SCANNED * 8)).toBe(0);
    expect(scan(SCANNED * 8, SCANNED * 12)).not.toBe(0);
    expect(scan(SCANNED * 12, SCANNED * 16)).toBe(0);
  });

  it('leaves it to others where it cannot reach the memory', () => {
    expect(startNaNScan(undefined)).toBeUndefined();
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    expect(startNaNScan(shared)).toBeUndefined();
  });
});
