import { engine, getBackend, getKernel, ready } from '@tensorflow/tfjs-core';
import { loadCorrections } from './loadBackend';
import { useWasmBackend } from './useWasmBackend';

/** What has been looked at: at each call, an import or a look at all kernels would take as long as a small layer. */
const corrected = new WeakSet<object>();
let examined: object | undefined;

/**
 * Uses the WASM SIMD backend unless the app has set a backend; only then is what starts it loaded. Where the app has set
 * that backend by itself, what tfjs computes wrong on it is put right here.
 */
export async function ensureBackend(): Promise<void> {
  if (!getBackend()) return await useWasmBackend();
  await ready();
  // Whoever registers the backend's kernels anew, as a second copy of it does, registers this one too.
  if (getBackend() !== 'wasm' || (corrected.has(engine().backend) && examined === lookUp())) return;
  (await loadCorrections()).installCorrections();
  corrected.add(engine().backend);
  examined = lookUp();
}

function lookUp(): object | undefined {
  return getKernel('FusedConv2D', 'wasm');
}
