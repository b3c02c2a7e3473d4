import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import loadPlain from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';

/** The module that tfjs's backend works with: what Emscripten makes of the binary, and a few functions of it. */
export type WasmModule = BackendWasm['wasm'] & {
  cwrap(name: string, returns: 'number', takes: readonly 'number'[]): (...values: number[]) => number;
  cwrap(name: string, returns: null, takes: readonly 'number'[]): (...values: number[]) => void;
};

/** What Emscripten's loaders take; the others of their settings are not used here. */
export interface LoaderSettings {
  /** Where a file is that the loader needs. */
  locateFile?(file: string, folder: string): string;
  /** Makes the binary run, instead of the loader. */
  instantiateWasm?(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  onAbort?(reason: unknown): void;
  printErr?(text: string): void;
  /** Set by the loader, where the build has threads. */
  PThread?: { terminateAllThreads(): void };
}

/** Written in a page when a backend with threads is disposed, which has to wait for them; nobody can do anything about it. */
const KNOWN_WARNING = 'Blocking on the main thread';

export type Loader = (settings: LoaderSettings) => Promise<BackendWasm['wasm']>;

/**
 * Makes the module that tfjs's backend works with.
 *
 * tfjs makes it from a file that it fetches. A page may not allow that for what this package has in memory, tfjs writes
 * to the console when it fails, and cannot try again. Therefore Emscripten's loader is called here.
 *
 * @param compiled The binary; none where the loader is to find it by itself, with the help of `settings`.
 * @throws Error saying what went wrong.
 */
export async function createWasmModule(
  compiled: WebAssembly.Module | undefined,
  settings: LoaderSettings = {},
  loader: Loader = loadPlain,
): Promise<WasmModule> {
  const module = await load(compiled, settings, loader);
  module.tfjs = {
    init: module.cwrap('init', null, []),
    initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: module.cwrap('dispose_data', null, ['number']),
    dispose: module.cwrap('dispose', null, []),
  };
  return module;
}

function load(
  compiled: WebAssembly.Module | undefined,
  settings: LoaderSettings,
  loader: Loader,
): Promise<WasmModule> {
  let started = false;
  return new Promise<BackendWasm['wasm']>((resolve, reject) => {
    Object.assign(settings, {
      onAbort: reject,
      // Until it has started, it writes only of what stops it, of a thread that fails for one.
      printErr: (text: string) => {
        if (!started) reject(new Error(text));
        else if (!text.startsWith(KNOWN_WARNING)) console.warn(text);
      },
    } satisfies LoaderSettings);
    if (compiled) {
      settings.instantiateWasm = (imports, receive) => {
        // The loader waits for ever if nothing is received.
        WebAssembly.instantiate(compiled, imports)
          .then((instance) => receive(instance, compiled))
          .catch(reject);
        return {};
      };
    }
    loader(settings).then(resolve, reject);
  })
    .then((module) => {
      started = true;
      return module as WasmModule;
    })
    .catch((cause) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`useWasmBackend: the WASM backend did not start: ${reason}`, { cause });
    });
}
