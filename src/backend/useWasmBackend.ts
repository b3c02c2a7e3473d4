import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { engine, env, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import { describeValue, requireBoolean, requireOptions } from '../errors';
import { isNode } from '../isNode';
import { type EmbeddedWasm, unpackWasm } from './unpackWasm';

export interface UseWasmBackendOptions {
  /**
   * Whether a machine without WebAssembly SIMD may run the plain build, which is several times slower.
   * @defaultValue false
   */
  allowPlain?: boolean | undefined;
  /**
   * Where the `.wasm` files of @tensorflow/tfjs-backend-wasm are: a folder's URL ending in `/`, or the URL of each
   * file by its name. For pages whose security policy forbids `blob:`; nobody else needs it.
   * @defaultValue the copies inside this package
   */
  paths?: string | Readonly<Record<WasmFileName, string>> | undefined;
}

export type WasmFileName =
  | 'tfjs-backend-wasm.wasm'
  | 'tfjs-backend-wasm-simd.wasm'
  | 'tfjs-backend-wasm-threaded-simd.wasm';

const FILES: readonly WasmFileName[] = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
];

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
 * Does nothing where that backend is already in use; calling it twice is harmless. Another backend that the app has
 * set stays registered, and the app can go back to it with `tf.setBackend`.
 *
 * @throws Error (the promise is rejected) on a machine without WebAssembly SIMD unless `allowPlain` is set, or if the
 * backend does not start; TypeError if an option is not what it must be.
 */
export async function useWasmBackend(options: UseWasmBackendOptions = {}): Promise<void> {
  requireOptions(options);
  const { allowPlain = false, paths } = options;
  requireBoolean('allowPlain', allowPlain);
  requirePaths(paths);
  const state = sharedState();
  while (state[PENDING]) await state[PENDING].catch(() => undefined);
  // tfjs names a backend as set before it has started, and goes on doing so if it fails to.
  if (getBackend() === 'wasm' && 'wasm' in engine().registry) {
    await ready();
    return;
  }
  state[PENDING] = start(allowPlain, paths).finally(() => {
    state[PENDING] = undefined;
  });
  await state[PENDING];
}

function requirePaths(paths: UseWasmBackendOptions['paths']): void {
  if (paths === undefined || typeof paths === 'string') return;
  if (typeof paths !== 'object' || paths === null) {
    throw new TypeError(
      `paths: expected a folder's URL or a URL for each file name, got ${describeValue(paths)}`,
    );
  }
  for (const file of FILES) {
    if (typeof paths[file] === 'string') continue;
    throw new TypeError(`paths: expected a URL for ${file}, got ${describeValue(paths[file])}`);
  }
}

/** Uses the WASM SIMD backend unless the app has set a backend. */
export async function ensureBackend(): Promise<void> {
  if (getBackend()) await ready();
  else await useWasmBackend();
}

async function start(allowPlain: boolean, paths: UseWasmBackendOptions['paths']): Promise<void> {
  if ('wasm' in engine().registry) {
    await setBackend('wasm');
    return;
  }
  // tfjs starts its threads from the source of a function, which minifiers change; the page then hangs.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  if (!simd && !allowPlain) {
    throw new Error(
      'useWasmBackend: this machine has no WebAssembly SIMD; pass { allowPlain: true } to run the plain build, which is several times slower',
    );
  }

  const release = await locateWasm(Boolean(simd), paths);
  try {
    if (!(await setBackend('wasm'))) {
      throw new Error(
        'useWasmBackend: the WASM backend did not start; the console has the reason that TensorFlow.js gives. ' +
          'Where a security policy forbids blob: or WebAssembly, pass { paths } or allow wasm-unsafe-eval',
      );
    }
  } finally {
    release();
  }
}

/** Tells tfjs where its `.wasm` file is; returns what frees it once the backend has started. */
async function locateWasm(simd: boolean, paths: UseWasmBackendOptions['paths']): Promise<() => void> {
  if (paths !== undefined) {
    setPaths(paths as string, false);
    return () => undefined;
  }
  const embedded: EmbeddedWasm = simd
    ? await import('./embedded/wasmSimd.generated')
    : await import('./embedded/wasmPlain.generated');
  if (embedded.version !== version_wasm) {
    // The file and the code that loads it must be of one version. Node finds the app's own file by itself.
    if (isNode()) return () => undefined;
    throw new Error(
      `useWasmBackend: expected @tensorflow/tfjs-backend-wasm ${embedded.version}, got ${version_wasm}; pass { paths } to its .wasm files`,
    );
  }
  const url = URL.createObjectURL(await unpackWasm(embedded));
  setPaths(Object.fromEntries(FILES.map((file) => [file, url])), isNode());
  return () => URL.revokeObjectURL(url);
}

function setPaths(paths: string | Record<string, string>, usePlatformFetch: boolean): void {
  try {
    setWasmPaths(paths as string, usePlatformFetch);
  } catch (cause) {
    const message =
      'useWasmBackend: TensorFlow.js cannot start its WASM backend a second time after a failure';
    throw new Error(`${message}; load the page, or start the process, again`, { cause });
  }
}
