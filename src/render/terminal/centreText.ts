import { printableTitle } from '../grid/printableTitle';

/** A text in the middle of the maps, broken where it is longer than a line. */
export function centreText(title: string, gridWidth: number, width: number): string[] {
  const lines: { text: string; cells: number }[] = [{ text: '', cells: 0 }];
  for (const character of printableTitle(title)) {
    const cells = countCells(character);
    let line = lines.at(-1)!;
    if (line.cells + cells > width && line.text !== '') {
      line = { text: '', cells: 0 };
      lines.push(line);
    }
    if (cells > width) continue; // one of two cells has no place in a line of one
    line.text += character;
    line.cells += cells;
  }
  return lines.map(({ text, cells }) => ' '.repeat(Math.max(0, Math.floor((gridWidth - cells) / 2))) + text);
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** How many places of a terminal a character takes. */
function countCells(character: string): 0 | 1 | 2 {
  if (/\p{M}/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
