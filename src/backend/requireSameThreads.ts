import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { engine } from '@tensorflow/tfjs-core';

/**
 * Checks that the backend, which runs already, does so on as many threads as are asked for.
 *
 * @throws Error if not: the build cannot be changed under the tensors that are in it.
 */
export function requireSameThreads(threads: boolean | number): void {
  if (threads === false) return;
  const { wasm } = engine().registry.wasm as BackendWasm;
  const running = 'PThread' in wasm ? wasm.tfjs.getThreadsCount() : 1;
  if ('PThread' in wasm && (threads === true || running <= threads)) return;
  throw new Error(
    `threads: expected a backend that has not started yet, got one that runs on ${running === 1 ? 'one thread' : `${running} threads`}; ` +
      'call useWasmBackend with threads before anything else uses it',
  );
}
