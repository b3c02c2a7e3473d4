import { getBackend, memory, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { drawDigit } from '../../src/data/drawDigit';
import { buildArticleCnn } from '../../src/model/buildArticleCnn';
import { registerTrainingKernels } from '../../src/training/registerTrainingKernels';

/** The loss of each of ten batches. */
async function train(): Promise<number[]> {
  const model = buildArticleCnn({ seed: 2 });
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  const pixels = Array.from({ length: 320 }, (_, at) => [...drawDigit(at % 10, { seed: at }).data]).flat();
  const x = tensor(
    Float32Array.from(pixels, (byte) => byte / 255),
    [320, 28, 28, 1],
  );
  const y = tensor(Float32Array.from({ length: 320 }, (_, at) => at % 10));
  const losses: number[] = [];
  await model.fit(x, y, {
    batchSize: 32,
    epochs: 1,
    shuffle: false,
    callbacks: { onBatchEnd: async (_batch, logs) => void losses.push(logs!.loss!) },
  });
  for (const tensors of [x, y]) tensors.dispose();
  model.dispose();
  return losses;
}

describe('training in a browser', () => {
  it('goes the same way with the binary as without, and says nothing', async () => {
    const spies = (['warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    await useWasmBackend();
    expect(await registerTrainingKernels()).toBe('binary');
    const losses = await train();
    expect(getBackend()).toBe('wasm');
    expect(losses).toHaveLength(10);
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    const tensors = memory().numTensors;
    expect(await registerTrainingKernels({ binary: false })).toBe('fallback');
    const others = await train();
    expect(Math.max(...losses.map((loss, at) => Math.abs(loss - others[at]!)))).toBeLessThan(1e-4);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    expect(memory().numTensors).toBeLessThanOrEqual(tensors + 14); // tfjs leaves the state of a named optimizer to the app
  });
});
