/**
 * Looks through memory for a NaN: from `start` up to `end`, both in bytes, which are a multiple of {@link SCANNED} values
 * apart and not equal. Not 0 if there is one.
 */
export type NaNScan = (start: number, end: number) => number;

/** Values of one round of the loop. */
export const SCANNED = 16;

/** `found |= x != x` for the four values x at an offset: of all numbers, only NaN is not itself. */
function lookAt(offset: number): number[] {
  return [
    ...[0x20, 2], // local.get found
    ...[0x20, 0], // local.get start
    ...[0xfd, 0x00, 2, offset], // v128.load
    ...[0x22, 3], // local.tee x
    ...[0x20, 3], // local.get x
    ...[0xfd, 0x42], // f32x4.ne
    ...[0xfd, 0x50], // v128.or
    ...[0x21, 2], // local.set found
  ];
}

const BODY = [
  ...[1, 2, 0x7b], // two locals of the type v128: found, x
  ...[0x03, 0x40], // loop
  ...[0, 16, 32, 48].flatMap(lookAt),
  ...[0x20, 0, 0x41, 0xc0, 0, 0x6a, 0x22, 0], // start += 64
  ...[0x20, 1, 0x49, 0x0d, 0], // br_if start < end
  0x0b, // end of the loop
  ...[0x20, 2, 0xfd, 0x53], // v128.any_true found
  0x0b,
];

/** A section of a binary, or a function's body: its length, and what it holds. */
const withLength = (content: readonly number[]) => [content.length, ...content];

const BINARY = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, ...withLength([1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f])], // the type (i32, i32) → i32
  ...[2, ...withLength([1, 0, 1, 0x6d, 2, 0, 0])], // imports the memory ''.m
  ...[3, ...withLength([1, 0])], // a function of that type
  ...[7, ...withLength([1, 1, 0x66, 0, 0])], // which is exported as f
  ...[10, ...withLength([1, ...withLength(BODY)])],
]);

/**
 * Makes what looks through a memory, four values an instruction: it costs less than reading them into JavaScript.
 *
 * @returns `undefined` where it cannot: without SIMD, and in memory that threads share.
 */
export function startNaNScan(memory: unknown): NaNScan | undefined {
  if (!(memory instanceof WebAssembly.Memory)) return undefined;
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(BINARY), { '': { m: memory } });
    return exports.f as NaNScan;
  } catch {
    return undefined;
  }
}
