/** The files of @tensorflow/tfjs-backend-wasm, by the names that it has for them. */
export type WasmFileName =
  | 'tfjs-backend-wasm.wasm'
  | 'tfjs-backend-wasm-simd.wasm'
  | 'tfjs-backend-wasm-threaded-simd.wasm';

export const WASM_FILES: readonly WasmFileName[] = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
];

/** A folder, or the place of each file. */
export type WasmPaths = string | Readonly<Record<WasmFileName, string>>;

/** Where a file is. */
export function pathOf(file: WasmFileName, paths: WasmPaths): string {
  return typeof paths === 'string' ? paths + file : paths[file];
}
