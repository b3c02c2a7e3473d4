import type { EmbeddedFile } from './unpackFile';
import type { WasmFileName } from './wasmFiles';

/** Loads the module of this package that holds a `.wasm` file. */
export async function loadEmbedded(file: WasmFileName): Promise<EmbeddedFile> {
  switch (file) {
    case 'tfjs-backend-wasm.wasm':
      return await import('./embedded/wasmPlain.generated');
    case 'tfjs-backend-wasm-simd.wasm':
      return await import('./embedded/wasmSimd.generated');
    case 'tfjs-backend-wasm-threaded-simd.wasm':
      return await import('./embedded/wasmThreaded.generated');
  }
}
