import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import file from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm';

/** Compiles the binary of the WASM backend, a gzipped file beside the command, which V8 does on threads of its own. */
export function compileBackend(): Promise<WebAssembly.Module> {
  const compiled = WebAssembly.compile(gunzipSync(readFileSync(new URL(file, import.meta.url))));
  // Whoever waits for it gets the error; Node would not wait until somebody does.
  compiled.catch(() => undefined);
  return compiled;
}
