/**
 * Leaves out of names what they have in common at the beginning: whole parts between slashes, such as
 * `StatefulPartitionedCall/resnet50/`. A name of one part, such as that of an input, has no part in it and stays; so does a
 * name that would become another one.
 *
 * @returns A name for each, all different where they are.
 */
export function shortenNames(names: readonly string[]): string[] {
  // From the shortest to the longest: 'net/', 'net/features/'.
  const starts: string[] = [];
  for (;;) {
    const start = starts.at(-1) ?? '';
    const next = new Set(
      names
        .filter((name) => name.startsWith(start) && name.indexOf('/', start.length) >= 0)
        .map((name) => name.slice(0, name.indexOf('/', start.length) + 1)),
    );
    if (next.size !== 1) break;
    starts.push(...next);
  }
  const shorten = (name: string) => {
    const start = starts.filter((part) => name.startsWith(part) && name.length > part.length).at(-1) ?? '';
    return name.slice(start.length);
  };
  const counts = new Map<string, number>();
  for (const name of new Set(names)) counts.set(shorten(name), (counts.get(shorten(name)) ?? 0) + 1);
  const short = names.map((name) => (counts.get(shorten(name)) === 1 ? shorten(name) : name));
  return new Set(short).size === new Set(names).size ? short : [...names];
}
