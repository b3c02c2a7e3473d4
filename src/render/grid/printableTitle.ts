/** Characters of a title that are drawn: more fit no canvas. */
const MOST = 500;

/**
 * Makes a title safe to write as one line of text: line feeds and tabs become a space, other control and format characters and halves of
 * surrogate pairs become U+FFFD, and what is too long is cut off. A terminal would obey some of them, and canvases for Node refuse others.
 */
export function printableTitle(title: string): string {
  const cut = title.length > MOST ? `${title.slice(0, MOST)}…` : title;
  const line = cut.replace(/\s*[\t\n\r\p{Zl}\p{Zp}]\s*/gu, ' ');
  return line.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\u{FFFD}');
}
