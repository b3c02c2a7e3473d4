import type { OptionRow } from './OptionRow';
import { OPTION_GROUPS } from './options';

/** Characters in a line at the most: what any terminal has. */
const WIDTH = 80;

/** Where what an option does begins, in characters. */
const INDENT = 26;

const INTRODUCTION = `Shows what the layers of a convolutional network see in a picture.

Usage
  layerscope [IMAGE] [options]
  layerscope --list [--model PATH] [--json]
  layerscope --kernels LAYER [--model PATH] [options]

  IMAGE is a PNG file; with @napi-rs/canvas installed also JPEG, WebP, AVIF,
  GIF, BMP or SVG. - reads it from stdin. Without IMAGE, a digit is drawn.`;

const CLOSING = `Examples
  layerscope seven.png                     a picture of a digit
  layerscope --digit 7 --format svg        no picture at hand
  layerscope cat.jpg --model my-model --layers /conv|pool/ --out maps
  layerscope --digit 3 --channels 0,3,5 --scaling -1,1 --colormap RdBu
  layerscope --list --model my-model       what --layers can choose from

Exit status
  0 all is well; 1 the work failed; 2 an option is wrong; 130 Ctrl-C.`;

/** Writes the help from the table of options, no line longer than 80 characters. */
export function helpText(): string {
  const groups = OPTION_GROUPS.map(({ title, rows }) => [title, ...rows.map(writeRow)].join('\n'));
  return [INTRODUCTION, ...groups, CLOSING].join('\n\n');
}

function writeRow({ name, short, value, help }: OptionRow): string {
  const letter = short === undefined ? '    ' : `-${short}, `;
  const start = `  ${letter}--${name}${value === undefined ? '' : ` ${value}`}`;
  const lines = wrap(help, WIDTH - INDENT);
  // An option too long to leave two spaces has its line to itself.
  const first = start.length > INDENT - 2 ? `${start}\n${' '.repeat(INDENT)}` : start.padEnd(INDENT);
  return first + lines.join(`\n${' '.repeat(INDENT)}`);
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
