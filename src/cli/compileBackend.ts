import { gunzipSync } from 'node:zlib';
import { base64 } from '../backend/embedded/wasmSimd.generated';

/** Compiles the binary of the WASM backend, which V8 does on threads of its own. */
export function compileBackend(): Promise<WebAssembly.Module> {
  const compiled = WebAssembly.compile(gunzipSync(Buffer.from(base64, 'base64')));
  // Whoever waits for it gets the error; Node would not wait until somebody does.
  compiled.catch(() => undefined);
  return compiled;
}
