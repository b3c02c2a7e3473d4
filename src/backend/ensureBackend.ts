import { getBackend, ready } from '@tensorflow/tfjs-core';
import { useWasmBackend } from './useWasmBackend';

/**
 * Uses the WASM SIMD backend unless the app has set a backend; only then is what starts it loaded. Where the app has set
 * that backend by itself, what tfjs computes wrong on it is put right here.
 */
export async function ensureBackend(): Promise<void> {
  if (!getBackend()) return await useWasmBackend();
  await ready();
  if (getBackend() === 'wasm') (await import('./corrections/installCorrections')).installCorrections();
}
