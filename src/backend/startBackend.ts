import { BackendWasm, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { env, findBackendFactory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { loadBuiltins } from '../common/files/builtins';
import { isNode } from '../common/isNode';
import { compileWasm } from './compileWasm';
import { createWasmModule, type WasmModule } from './createWasmModule';
import { fetchWasm } from './fetchWasm';
import { loadEmbedded } from './loadEmbedded';
import { requireVersion } from './requireVersion';
import { startThreads } from './startThreads';
import { unpackFile } from './unpackFile';
import { pathOf, type WasmFileName, type WasmPaths } from './wasmFiles';

/** tfjs's own priority for this backend, for apps that leave the choice to it. */
const PRIORITY = 2;

export interface StartOptions {
  readonly allowPlain: boolean;
  readonly paths: WasmPaths | undefined;
  readonly threads: boolean | number;
}

/**
 * Starts tfjs's WASM backend and makes tfjs use it.
 *
 * @throws Error if it does not start; tfjs is left as it was.
 */
export async function startBackend({ allowPlain, paths, threads }: StartOptions): Promise<void> {
  const simd = Boolean(await env().getAsync('WASM_HAS_SIMD_SUPPORT'));
  if (!simd && (!allowPlain || threads !== false)) {
    const remedy = '; pass { allowPlain: true } to run the plain build, which is several times slower';
    throw new Error(
      `useWasmBackend: this machine has no WebAssembly SIMD${threads === false ? remedy : ', which threads need'}`,
    );
  }
  const create = () => createModule(simd, paths, threads);
  register(await create(), create);
  await setBackend('wasm');
}

/** Puts a backend that works in the place of the one that tfjs would have started. */
function register(first: WasmModule, createAnother: () => Promise<WasmModule>): void {
  if (findBackendFactory('wasm')) removeBackend('wasm');
  let made: WasmModule | undefined = first;
  registerBackend(
    'wasm',
    () => {
      const module = made;
      made = undefined;
      // tfjs asks again if the app has disposed the backend and sets it anew.
      return module ? new BackendWasm(module) : createAnother().then((another) => new BackendWasm(another));
    },
    PRIORITY,
  );
}

async function createModule(
  simd: boolean,
  paths: WasmPaths | undefined,
  threads: boolean | number,
): Promise<WasmModule> {
  if (isNode()) return await createInNode(simd, paths);
  const file = fileFor(simd, threads !== false);
  const url = paths === undefined ? undefined : pathOf(file, paths);
  const binary = url === undefined ? await unpackEmbedded(file) : await fetchWasm(url);
  const compiled = await compileWasm(binary, url ?? file);
  if (threads === false) return await createWasmModule(compiled);
  return await startThreads(compiled, threads);
}

async function createInNode(simd: boolean, paths: WasmPaths | undefined): Promise<WasmModule> {
  const file = fileFor(simd, false);
  if (paths !== undefined) {
    const path = pathOf(file, paths);
    return await createWasmModule(await compileWasm(await readWasm(path), path));
  }
  // Where Node may not import, as in a test of Jest that requires, the app's own file is as good: Emscripten's loader, then
  // the app's own too, knows the folder.
  const embedded = await loadEmbedded(file).catch(() => undefined);
  if (embedded?.version !== version_wasm) {
    return await createWasmModule(undefined, { locateFile: (_file, folder) => folder + file });
  }
  return await createWasmModule(await compileWasm(await unpackFile(embedded), file));
}

async function readWasm(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { fs } = await loadBuiltins();
  return await fs.readFile(path).catch((cause: Error) => {
    throw new Error(`paths: expected a .wasm file at ${path}, got none (${cause.message})`, { cause });
  });
}

function fileFor(simd: boolean, threads: boolean): WasmFileName {
  if (threads) return 'tfjs-backend-wasm-threaded-simd.wasm';
  return simd ? 'tfjs-backend-wasm-simd.wasm' : 'tfjs-backend-wasm.wasm';
}

async function unpackEmbedded(file: WasmFileName): Promise<ArrayBuffer> {
  const embedded = await loadEmbedded(file);
  requireVersion(embedded.version, version_wasm);
  return await unpackFile(embedded);
}
