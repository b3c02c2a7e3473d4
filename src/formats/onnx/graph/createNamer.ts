/**
 * Makes names that no other node has and that tfjs-converter reads as they are: a colon would stand before an output's
 * number, and a caret before what is only waited for.
 */
export function createNamer(): (name: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (name) => {
    const clean =
      name
        .replaceAll(':', '_')
        .replace(/^\^/, '_')
        .replace(/^__proto__$/, '_') || '_';
    let unique = clean;
    for (let count = counts.get(clean) ?? 1; taken.has(unique); count++) {
      unique = `${clean}_${count}`;
      counts.set(clean, count + 1);
    }
    taken.add(unique);
    return unique;
  };
}
