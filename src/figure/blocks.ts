/** Values that are read channel by channel before the next ones: they stay in the fastest cache. */
const BLOCK = 4096;

/** How many pixels of interleaved maps to go through before the next channel's turn. */
export function pixelsInBlock(channels: number): number {
  return Math.max(16, Math.floor(BLOCK / channels));
}
