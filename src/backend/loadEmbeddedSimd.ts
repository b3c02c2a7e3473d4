import * as wasmSimd from './embedded/wasmSimd.generated';
import type { EmbeddedFile } from './unpackFile';
import type { WasmFileName } from './wasmFiles';

/**
 * Stands in the standalone file for `loadEmbedded`: the other builds are as large, and few pages use them.
 *
 * @throws Error for those, saying what to do.
 */
export async function loadEmbedded(file: WasmFileName): Promise<EmbeddedFile> {
  if (file === 'tfjs-backend-wasm-simd.wasm') return wasmSimd;
  throw new Error(
    `useWasmBackend: expected { paths } to the .wasm files of @tensorflow/tfjs-backend-wasm ${wasmSimd.version}; ` +
      'the standalone file has only the SIMD build with one thread in it',
  );
}
