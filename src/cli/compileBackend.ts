import { gunzipSync } from 'node:zlib';

/** Compiles the binary of the WASM backend, which V8 does on threads of its own. */
export function compileBackend(): Promise<WebAssembly.Module> {
  const compiled = loadBinary().then((binary) => WebAssembly.compile(binary));
  // Whoever waits for it gets the error; Node would not wait until somebody does.
  compiled.catch(() => undefined);
  return compiled;
}

async function loadBinary(): Promise<Buffer<ArrayBuffer>> {
  const { base64 } = await import('../backend/embedded/wasmSimd.generated');
  return gunzipSync(Buffer.from(base64, 'base64'));
}
