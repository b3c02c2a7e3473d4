import { crc32 } from '../crc32';

/** Computes the CRC-32 of some bytes; Node, from 20.16 on, has it in machine code, which takes a quarter of the time. */
export function checkSum(bytes: Uint8Array): number {
  const builtins = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:zlib');
  return builtins?.crc32?.(bytes) ?? crc32(bytes);
}
