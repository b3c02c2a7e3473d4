import { engine, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { describeValue, requireBoolean } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import { loadCorrections, loadStarter } from './loadBackend';
import { requireIsolation } from './requireIsolation';
import { requireSameThreads } from './requireSameThreads';
import { requireThreads } from './requireThreads';
import type { StartOptions } from './startBackend';
import { WASM_FILES, type WasmFileName } from './wasmFiles';

export interface UseWasmBackendOptions {
  /**
   * Whether a machine without WebAssembly SIMD may run the plain build, which is several times slower.
   * @defaultValue false
   */
  allowPlain?: boolean | undefined;
  /**
   * Where the `.wasm` files of @tensorflow/tfjs-backend-wasm are: a folder's URL ending in `/`, or the URL of each
   * file by its name; in Node, paths of the file system.
   * @defaultValue the copies inside this package
   */
  paths?: string | Readonly<Record<WasmFileName, string>> | undefined;
  /**
   * Whether to run on several threads. TensorFlow.js takes half as many as the machine has logical cores, at most 8; a
   * number is a lower limit than that. Only on a page that is cross-origin isolated; not in Node.
   * @defaultValue false
   */
  threads?: boolean | number | undefined;
}

export type { WasmFileName };

/**
 * Set-up under way, so that calls made at the same time share it: tfjs would start a backend for each. It hangs on tfjs's
 * engine, since an app may hold this module twice, imported and required.
 */
const PENDING = Symbol.for('layerscope.useWasmBackend');

function sharedState(): { [PENDING]?: Promise<void> | undefined } {
  return engine() as object;
}

/**
 * Makes TensorFlow.js run on its WASM SIMD backend, in the browser and in Node, without a path to any file.
 *
 * Puts right what TensorFlow.js computes wrong on that backend, or makes it an error where it cannot (see "What is
 * corrected" in docs/stages/backend.md); a network that is not concerned runs as before. That is all it does where the backend
 * is already in use; calling it twice is harmless. Another backend that the app has
 * set stays registered, and the app can go back to it with `tf.setBackend`. After an error it can be called again.
 *
 * @throws Error (the promise is rejected) on a machine without WebAssembly SIMD unless `allowPlain` is set; if a security
 * policy forbids what is needed, naming the directive; if `threads` are asked for where there can be none, or where the
 * backend runs already without them; or if the backend does not start. TypeError or RangeError if an option is not what
 * it must be.
 */
export async function useWasmBackend(options: UseWasmBackendOptions = {}): Promise<void> {
  requireOptions(options, { allowPlain: true, paths: true, threads: true });
  const { allowPlain = false, paths, threads = false } = options;
  requireBoolean('allowPlain', allowPlain);
  requirePaths(paths);
  requireThreads(threads);
  if (threads !== false) requireIsolation();
  const state = sharedState();
  while (state[PENDING]) await state[PENDING].catch(() => undefined);
  state[PENDING] = start({ allowPlain, paths, threads }).finally(() => {
    state[PENDING] = undefined;
  });
  await state[PENDING];
}

/** Whatever starts the backend is loaded here: a page can show itself before. */
async function start(options: StartOptions): Promise<void> {
  if ('wasm' in engine().registry) {
    requireSameThreads(options.threads);
    if (getBackend() !== 'wasm') await setBackend('wasm');
    (await loadCorrections()).installCorrections();
    return;
  }
  const [{ startBackend }, { installCorrections }] = await Promise.all([loadStarter(), loadCorrections()]);
  await startBackend(options);
  installCorrections();
}

function requirePaths(paths: UseWasmBackendOptions['paths']): void {
  if (paths === undefined || typeof paths === 'string') return;
  if (typeof paths !== 'object' || paths === null) {
    throw new TypeError(
      `paths: expected a folder's URL or a URL for each file name, got ${describeValue(paths)}`,
    );
  }
  for (const file of WASM_FILES) {
    if (typeof paths[file] === 'string') continue;
    throw new TypeError(`paths: expected a URL for ${file}, got ${describeValue(paths[file])}`);
  }
}
