/**
 * Quotes a name, a path or another text for a message, cut in the middle where it is long: a file may hold names of any
 * length, and what tells them apart is at their ends.
 *
 * @param most Letters between the quotes, at the most, escapes counted as they are written.
 */
export function quote(text: string, most = 60): string {
  for (let kept = most; ; ) {
    const quoted = JSON.stringify(shorten(text, kept));
    const surplus = quoted.length - 2 - most;
    if (surplus <= 0 || kept <= 1) return quoted;
    // An escape takes six letters for one at the most.
    kept = Math.max(1, kept - Math.ceil(surplus / 6));
  }
}

/** Cuts a text in the middle. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.max(0, Math.ceil((most - 1) / 2));
  return `${text.slice(0, head)}…${text.slice(text.length - (most - 1 - head))}`;
}
