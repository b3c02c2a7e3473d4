import { createRandom } from '../../src/data/random';

/** Random choices that a seed decides. */
export function createChooser(seed: number) {
  const random = createRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  return { random, below, pick: <Item>(items: readonly Item[]): Item => items[below(items.length)]! };
}
export type Chooser = ReturnType<typeof createChooser>;

/** Numbers at which formats go wrong. */
const ODD = [0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0xfffffffe, 0xffffffff];

/** Changes, cuts, adds or repeats bytes, at the places that are named or anywhere. */
export function mutateBytes(
  file: Uint8Array,
  { below, pick, random }: Chooser,
  places: readonly number[] = [],
): Uint8Array {
  let bytes = Buffer.from(file);
  for (let left = 1 + below(3); left > 0 && bytes.length > 4; left--) {
    const at =
      places.length > 0 && random() < 0.5 ? pick(places) % (bytes.length - 3) : below(bytes.length - 3);
    const to = at + below(Math.min(64, bytes.length - at));
    const change = pick(['bit', 'byte', 'word', 'long', 'cut', 'end', 'add', 'repeat', 'zero']);
    if (change === 'bit') bytes[at]! ^= 1 << below(8);
    if (change === 'byte') bytes[at] = below(256);
    if (change === 'word') bytes.writeUInt16LE(pick(ODD) & 0xffff, at);
    if (change === 'long') bytes.writeUInt32LE(pick(ODD), at);
    if (change === 'cut') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    if (change === 'end') bytes = Buffer.from(bytes.subarray(0, at));
    if (change === 'add')
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([below(256)]), bytes.subarray(at)]);
    if (change === 'repeat') bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    if (change === 'zero') bytes.fill(0, at, to);
  }
  return Uint8Array.from(bytes);
}

/** What came of reading a file: a value, or what was said against it. */
export function attempt<Value>(read: () => Value): { value: Value } | { error: Error } {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return { error };
    throw error;
  }
}
