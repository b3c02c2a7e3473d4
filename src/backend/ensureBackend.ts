import { getBackend, ready } from '@tensorflow/tfjs-core';

/** Uses the WASM SIMD backend unless the app has set a backend; only then is what starts it loaded. */
export async function ensureBackend(): Promise<void> {
  if (getBackend()) await ready();
  else await (await import('./useWasmBackend')).useWasmBackend();
}
