import { getThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { engine, getBackend, memory, removeBackend } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { visualizeLayers } from '../../src/visualizeLayers';
import conv1Url from '../fixtures/article-cnn/conv1.bin?url';
import conv2Url from '../fixtures/article-cnn/conv2.bin?url';
import inputUrl from '../fixtures/article-cnn/input.bin?url';
import { fetchFloats, loadReferenceModelInPage } from '../loadReferenceModelInPage';
import { fitDigits } from '../training/fitDigits';

/** tfjs takes half as many threads as there are logical cores, so the machine must seem to have enough of them. */
function pretendCores(count: number): void {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: count, configurable: true });
}

function memoryOfBackend(): ArrayBufferLike {
  return (engine().backend as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.buffer;
}

beforeEach(() => pretendCores(8));

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  if (getBackend() === 'wasm') removeBackend('wasm');
  Reflect.deleteProperty(navigator, 'hardwareConcurrency');
});

describe('threads on a cross-origin isolated page', () => {
  it('are off unless they are asked for', async () => {
    expect(crossOriginIsolated).toBe(true);
    await useWasmBackend();
    expect(memoryOfBackend()).toBeInstanceOf(ArrayBuffer);
    expect(getThreadsCount()).toBe(1);
  });

  it("compute PyTorch's numbers, and say nothing", async () => {
    const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    await useWasmBackend({ threads: true });
    expect(getThreadsCount()).toBe(4);
    expect(memoryOfBackend()).toBeInstanceOf(SharedArrayBuffer);
    const model = await loadReferenceModelInPage();
    const before = memory().numTensors;
    const img = { data: await fetchFloats(inputUrl), shape: [14, 28, 28, 1] };
    const figures = await visualizeLayers(model, img);
    for (const [index, url] of [conv1Url, conv2Url].entries()) {
      const expected = await fetchFloats(url);
      const { data } = figures[index]!.activation;
      expect(data.length).toBe(expected.length);
      const errors = data.map((value, at) => Math.abs(value - expected[at]!));
      expect(errors.reduce((most, error) => Math.max(most, error), 0)).toBeLessThan(1e-5);
    }
    expect(memory().numTensors).toBe(before);
    model.dispose();
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });

  it.each([
    [1, 1],
    [3, 3],
    [64, 4],
  ])('are at most as many as asked for: %i', async (threads, count) => {
    await useWasmBackend({ threads });
    expect(getThreadsCount()).toBe(count);
    await useWasmBackend({ threads });
    await useWasmBackend({ threads: true });
    await useWasmBackend();
    expect(getThreadsCount()).toBe(count);
  });

  it('cannot be had once the backend runs without them, or with more', async () => {
    await useWasmBackend();
    await expect(useWasmBackend({ threads: true })).rejects.toThrow(
      'threads: expected a backend that has not started yet, got one that runs on one thread; ' +
        'call useWasmBackend with threads before anything else uses it',
    );
    removeBackend('wasm');
    await useWasmBackend({ threads: true });
    await expect(useWasmBackend({ threads: 2 })).rejects.toThrow('got one that runs on 4 threads');
  });

  it('train by the path without our own binary, to the same losses', async () => {
    await useWasmBackend({ threads: 2 });
    const threaded = await fitDigits({ binary: true });
    removeBackend('wasm');
    await useWasmBackend();
    const single = await fitDigits({ binary: true });
    expect([threaded.path, single.path]).toEqual(['fallback', 'binary']);
    expect(threaded.losses).toHaveLength(10);
    const errors = threaded.losses.map((loss, at) => Math.abs(loss - single.losses[at]!));
    expect(Math.max(...errors)).toBeLessThan(1e-4);
  });

  it('that do not start are an error after a while, and do not spoil another start', async () => {
    const workers: SilentWorker[] = [];
    class SilentWorker extends Worker {
      stopped = false;
      constructor(url: string) {
        super(url);
        workers.push(this);
      }
      override postMessage(): void {}
      override terminate(): void {
        this.stopped = true;
        super.terminate();
      }
    }
    vi.stubGlobal('Worker', SilentWorker);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const refusal = expect(useWasmBackend({ threads: true })).rejects.toThrow(
      'useWasmBackend: the threads did not start within 30 seconds',
    );
    await vi.waitFor(() => expect(workers).toHaveLength(9)); // one that is asked whether workers may run, eight threads
    await vi.advanceTimersByTimeAsync(30_000);
    await refusal;
    expect(workers.every(({ stopped }) => stopped)).toBe(true);
    vi.unstubAllGlobals();
    vi.useRealTimers();
    await useWasmBackend({ threads: true });
    expect(getThreadsCount()).toBe(4);
  });
});
