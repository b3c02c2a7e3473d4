/** Something that is shown from one frame to another. */
export interface Lifetime<Part> {
  /** The first frame that shows it. */
  readonly from: number;
  /** The first frame that does not any more. */
  readonly to: number;
  readonly parts: readonly Part[];
}

/**
 * Sees the frames of a film as parts that are there for a while.
 *
 * @param frames The parts of each frame, as many in each; a part stands at one place in all of them.
 * @param same Whether a part looks like that of the frame before.
 * @returns Those that come and go together as one, in the order in which they come.
 */
export function findLifetimes<Part>(
  frames: readonly (readonly Part[])[],
  same: (one: Part, next: Part) => boolean,
): Lifetime<Part>[] {
  const lifetimes = new Map<string, { from: number; to: number; parts: Part[] }>();
  const [first = []] = frames;
  for (let place = 0; place < first.length; place++) {
    for (let from = 0, to = 1; from < frames.length; from = to, to = from + 1) {
      const part = frames[from]![place]!;
      while (to < frames.length && same(part, frames[to]![place]!)) to++;
      const key = `${from} ${to}`;
      const known = lifetimes.get(key) ?? { from, to, parts: [] };
      known.parts.push(part);
      lifetimes.set(key, known);
    }
  }
  return [...lifetimes.values()].sort((one, other) => one.from - other.from || one.to - other.to);
}
