/** Arrays and objects in one another, and in all, at the most: each takes many times the memory of its two brackets. */
const [DEEPEST, MOST] = [32, 2 ** 20];

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/**
 * Parses a text of JSON in which there are no more arrays and objects than in what we write.
 *
 * @throws RangeError whose message is the reason alone.
 */
export function parseJson(text: string): unknown {
  let [depth, count] = [0, 0];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (isQuoted) at += code === BACKSLASH ? 1 : 0;
    else if (CLOSING.includes(code)) depth--;
    else if (OPENING.includes(code)) {
      depth++;
      count++;
      if (depth > DEEPEST) throw new RangeError(`arrays and objects more than ${DEEPEST} deep`);
      if (count > MOST) throw new RangeError(`more than ${MOST} arrays and objects`);
    }
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The engine's own words quote the text, whatever there is in it.
    throw new RangeError('a text that is no JSON', { cause });
  }
}
