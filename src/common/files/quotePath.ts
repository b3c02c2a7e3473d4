/** Characters of a path that a message shows. */
const LONGEST = 160;

/** Writes a path in quotation marks for a message; of a long one its end, which has the name of the file. */
export function quotePath(path: string): string {
  return JSON.stringify(path.length > LONGEST ? `…${path.slice(-LONGEST)}` : path);
}
