/** The distinct colours of a picture, numbered in the order in which they came. */
export interface Palette {
  /** Number of a colour; a new one where it has not been asked for before. All transparent colours are one. */
  entryOf(red: number, green: number, blue: number, alpha: number): number;
  readonly size: number;
  /** `size` × RGBA. */
  toRgba(): Uint8Array;
}

export function createPalette(): Palette {
  const entries = new Map<number, number>();
  return {
    entryOf(red, green, blue, alpha) {
      // A signed key: a number above 2³¹ would be an object on the heap, which is slow to look up.
      const key = alpha === 0 ? 0 : (red << 24) | (green << 16) | (blue << 8) | alpha;
      const known = entries.get(key);
      if (known !== undefined) return known;
      entries.set(key, entries.size);
      return entries.size - 1;
    },
    get size() {
      return entries.size;
    },
    toRgba() {
      const rgba = new Uint8Array(entries.size * 4);
      const view = new DataView(rgba.buffer);
      for (const [key, entry] of entries) view.setUint32(entry * 4, key);
      return rgba;
    },
  };
}
