/**
 * Checks that a file in this package and the app's code that works with it are of one version.
 *
 * @throws Error naming both.
 */
export function requireVersion(embedded: string, installed: string): void {
  if (embedded === installed) return;
  throw new Error(
    `useWasmBackend: expected @tensorflow/tfjs-backend-wasm ${embedded}, got ${installed}; pass { paths } to its .wasm files`,
  );
}
