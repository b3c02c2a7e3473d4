import { deflateSync } from 'node:zlib';

/** Stands in the command for fflate's function: Node's own packs in a tenth of the time of what has yet to be compiled. */
export function zlibSync(bytes: Uint8Array, { level }: { level: number }): Uint8Array {
  return deflateSync(bytes, { level });
}
