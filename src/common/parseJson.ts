/** Arrays and objects at the most: each takes many times the memory of its two brackets. */
const MOST = 2 ** 20;

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/**
 * Parses a text of JSON, unless it has more arrays and objects than any that is meant.
 *
 * @param deepest How many of them may be in one another.
 * @param mostValues How many commas there may be: few where a list of numbers is none of what is meant.
 * @throws RangeError whose message is the reason alone.
 */
export function parseJson(text: string, deepest: number, mostValues = Number.POSITIVE_INFINITY): unknown {
  let [depth, count, commas] = [0, 0, 0];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (isQuoted) at += code === BACKSLASH ? 1 : 0;
    else if (code === COMMA) {
      if (++commas > mostValues) throw new RangeError(`more than ${mostValues} values`);
    } else if (CLOSING.includes(code)) depth--;
    else if (OPENING.includes(code)) {
      depth++;
      count++;
      if (depth > deepest) throw new RangeError(`arrays and objects more than ${deepest} deep`);
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
