/**
 * Makes a title safe to write as one line of text: control and format characters, line separators and halves of
 * surrogate pairs become U+FFFD. A terminal would obey some of them, and canvases for Node refuse others.
 */
export function printableTitle(title: string): string {
  return title.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}
