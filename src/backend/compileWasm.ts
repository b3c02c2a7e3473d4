/** The smallest module that there is: a header and nothing in it (WebAssembly core specification, section 5.5.16). */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Compiles a `.wasm` file.
 *
 * @param source What the file is, for the message if it is no such file.
 * @throws Error if a security policy forbids WebAssembly, naming the directive; if it is no page, and what runs it compiles
 * none; or if the file is something else.
 */
export async function compileWasm(file: BufferSource, source: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(file);
  } catch (cause) {
    // Browsers differ in how they say that a policy is the reason. What it forbids, it forbids for any module.
    const allowed = await WebAssembly.compile(EMPTY_MODULE).then(
      () => true,
      () => false,
    );
    const message = allowed
      ? `useWasmBackend: expected WebAssembly in ${source}, got something else (${(cause as Error).message})`
      : isPage()
        ? "useWasmBackend: the content security policy of this page forbids WebAssembly; its script-src must allow 'wasm-unsafe-eval'"
        : "useWasmBackend: this runtime compiles no WebAssembly while it runs, as Cloudflare's workers do not; set another backend first, such as @tensorflow/tfjs-backend-cpu by setBackend('cpu')";
    throw new Error(message, { cause });
  }
}

/** Pages and their workers have an address. */
function isPage(): boolean {
  return typeof location !== 'undefined';
}
