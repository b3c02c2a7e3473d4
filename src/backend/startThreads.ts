import { setThreadsCount, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import loader from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import { createWasmModule, type LoaderSettings, type WasmModule } from './createWasmModule';
import { loadThreadScript } from './loadThreadScript';
import { requireVersion } from './requireVersion';
import { unpackFile } from './unpackFile';
import { withinSeconds } from './withinSeconds';

/** Workers start within a second; what has not started after this has failed without a word. */
const SECONDS_TO_START = 30;

/**
 * Makes the module with threads.
 *
 * tfjs starts its threads from the source text of a function, which minifiers change, and the page then hangs. So the
 * text comes from this package.
 *
 * @param threads How many; `true` for what tfjs chooses.
 * @throws Error if the page's security policy forbids workers, or if they do not start.
 */
export async function startThreads(
  compiled: WebAssembly.Module,
  threads: true | number,
): Promise<WasmModule> {
  const threadScript = await loadThreadScript();
  requireVersion(threadScript.version, version_wasm);
  const script = await unpackFile(threadScript);
  await requireWorkers();
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const settings: LoaderSettings = { locateFile: () => url };
  try {
    const module = await withinSeconds(
      SECONDS_TO_START,
      createWasmModule(compiled, settings, loader),
      `useWasmBackend: the threads did not start within ${SECONDS_TO_START} seconds`,
    );
    // −1 is tfjs's way of saying that it shall choose. The backend reads it when it is made.
    setThreadsCount(threads === true ? -1 : threads);
    return module;
  } catch (error) {
    settings.PThread?.terminateAllThreads();
    throw error;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The threads would start, and fail, without this function's knowing: so one worker that says a word. */
async function requireWorkers(): Promise<void> {
  const url = URL.createObjectURL(new Blob(['postMessage(0)'], { type: 'text/javascript' }));
  let worker: Worker | undefined;
  try {
    const answer = new Promise((resolve, reject) => {
      worker = new Worker(url);
      worker.onmessage = resolve;
      worker.onerror = (event) => {
        event.preventDefault();
        reject(
          new Error(
            'threads: the content security policy of this page forbids the workers; its worker-src must allow blob:',
          ),
        );
      };
    });
    await withinSeconds(
      SECONDS_TO_START,
      answer,
      `useWasmBackend: no worker started within ${SECONDS_TO_START} seconds`,
    );
  } finally {
    worker?.terminate();
    URL.revokeObjectURL(url);
  }
}
