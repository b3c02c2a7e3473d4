import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileWasm } from '../../src/backend/compileWasm';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function forbidWasm(): void {
  vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('disallowed by embedder'));
}

describe('compileWasm', () => {
  it('says what was expected of a file that is something else', async () => {
    await expect(compileWasm(Uint8Array.of(1, 2, 3, 4), 'a.wasm')).rejects.toThrow(
      'useWasmBackend: expected WebAssembly in a.wasm, got something else',
    );
  });

  it('names the directive on a page', async () => {
    forbidWasm();
    vi.stubGlobal('location', { href: 'https://example.org/' });
    await expect(compileWasm(new Uint8Array(8), 'a.wasm')).rejects.toThrow("'wasm-unsafe-eval'");
  });

  it('blames no policy of a page where there is no page', async () => {
    forbidWasm();
    await expect(compileWasm(new Uint8Array(8), 'a.wasm')).rejects.toThrow(
      /^useWasmBackend: this runtime compiles no WebAssembly while it runs/,
    );
  });
});
