import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { installCorrections } from '../backend/corrections/installCorrections';
import { createWasmModule } from '../backend/createWasmModule';

/**
 * Makes TensorFlow.js run on the WASM SIMD backend, with what it computes wrong there put right.
 *
 * @param compiled Its binary, which was begun with before TensorFlow.js was loaded.
 * @throws Error on a machine without WebAssembly SIMD.
 */
export async function startCompiled(compiled: Promise<WebAssembly.Module>): Promise<void> {
  const binary = await compiled.catch((cause: unknown) => {
    if (!(cause instanceof WebAssembly.CompileError)) throw cause;
    throw new Error('layerscope: expected a machine with WebAssembly SIMD, got one without', { cause });
  });
  const module = await createWasmModule(binary);
  // TensorFlow.js registers one that looks for its files.
  removeBackend('wasm');
  registerBackend('wasm', () => new BackendWasm(module));
  await setBackend('wasm');
  installCorrections();
}
