/** An opening tag of an SVG file. */
export interface SvgTag {
  readonly name: string;
  /** The tag without its brackets. */
  readonly text: string;
  /** How many elements it is in, from 0. */
  readonly depth: number;
}

/** Parts of a file that are no elements: how they begin, and how they end. */
const SKIPPED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** Walks the opening tags of an SVG file in order, in one pass, whatever is in it; text between them is passed over. */
export function* scanSvg(text: string): Generator<SvgTag> {
  let depth = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skipped = SKIPPED.find(([start]) => text.startsWith(start, at));
    if (skipped) {
      const end = text.indexOf(skipped[1], at + skipped[0].length);
      if (end < 0) return;
      at = end + skipped[1].length;
      continue;
    }
    const end = endOfTag(text, at);
    const first = text[at + 1];
    if (first === '/') depth--;
    else if (first !== '!') {
      const tag = text.slice(at + 1, text[end - 1] === '/' ? end - 1 : end);
      yield { name: /^[^\s/>]*/.exec(tag)![0], text: tag, depth };
      if (text[end - 1] !== '/') depth++;
    }
    at = end + 1;
  }
}

/** Where the `>` is that is in no quotation marks. */
function endOfTag(text: string, start: number): number {
  let quote = '';
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return text.length;
}

/** The value of an attribute of a tag. */
export function attributeOf({ text }: SvgTag, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(text);
  return match?.[1] ?? match?.[2];
}
