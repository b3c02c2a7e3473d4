/** What a `labels.txt` says. */
export interface Labels {
  readonly names: readonly string[];
  /** Whether each line begins with its number, from 0 on, as Teachable Machine writes them. */
  readonly isNumbered: boolean;
}

/** Names at the most, more than any classifier has. */
const MOST = 100_000;

/**
 * Reads a `labels.txt`: a class a line, `name` or `0 name`.
 *
 * @returns `undefined` if it is empty, or no list of names.
 */
export function parseLabels(text: string): Labels | undefined {
  const lines = text
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split(/\r?\n|\r/);
  // A page that a server sends in place of a file that it has not.
  if (lines.length > MOST || lines[0] === '' || /^\s*</.test(text) || text.includes('\0')) return undefined;
  const numbered = lines.map((line, index) => {
    const [, number, name] = /^(\d+)[ \t:,]+(.*)$/.exec(line) ?? [];
    return number === String(index) ? name!.trim() : undefined;
  });
  const isNumbered = numbered.every((name) => name !== undefined);
  return { names: isNumbered ? (numbered as string[]) : lines.map((line) => line.trim()), isNumbered };
}
