import { getBackend, memory } from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { fitDigits } from './fitDigits';

describe('training in a browser', () => {
  it('goes the same way with the binary as without, and says nothing', async () => {
    const spies = (['warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    await useWasmBackend();
    const { path, losses } = await fitDigits({ binary: true });
    expect(path).toBe('binary');
    expect(getBackend()).toBe('wasm');
    expect(losses).toHaveLength(10);
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    const tensors = memory().numTensors;
    const others = await fitDigits({ binary: false });
    expect(others.path).toBe('fallback');
    expect(Math.max(...losses.map((loss, at) => Math.abs(loss - others.losses[at]!)))).toBeLessThan(1e-4);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    expect(memory().numTensors).toBeLessThanOrEqual(tensors + 14); // tfjs leaves the state of a named optimizer to the app
  });
});
