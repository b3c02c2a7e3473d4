// Draws what a terminal would show for the output of renderTerminal.
import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';

const [WIDTH, HEIGHT, MARGIN] = [8, 16, 16];
const FONT = 'DejaVu Sans Mono of the docs';
GlobalFonts.registerFromPath(
  fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf')),
  FONT,
);

/**
 * @param {string} text lines of half blocks in 24-bit colour; whatever else they hold is drawn as text
 * @returns {Buffer} the bytes of a PNG file
 */
export function drawTerminal(text) {
  const lines = text.trimEnd().split('\n').map(parseLine);
  const columns = Math.max(...lines.map((line) => line.length));
  const canvas = createCanvas(columns * WIDTH + 2 * MARGIN, lines.length * HEIGHT + 2 * MARGIN);
  const context = canvas.getContext('2d');
  context.fillStyle = '#1e1e1e';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = `${HEIGHT - 2}px "${FONT}"`;
  context.textBaseline = 'middle';
  for (const [row, cells] of lines.entries()) {
    for (const [column, cell] of cells.entries()) {
      drawCell(context, MARGIN + column * WIDTH, MARGIN + row * HEIGHT, cell);
    }
  }
  return canvas.toBuffer('image/png');
}

function drawCell(context, x, y, { character, foreground, background }) {
  if (background) fill(background, y, HEIGHT);
  const color = foreground ?? 'rgb(220, 220, 220)';
  if (character === '▀') fill(color, y, HEIGHT / 2);
  else if (character === '▄') fill(color, y + HEIGHT / 2, HEIGHT / 2);
  else if (character !== ' ') {
    context.fillStyle = color;
    context.fillText(character, x, y + HEIGHT / 2);
  }

  function fill(style, top, height) {
    context.fillStyle = style;
    context.fillRect(x, top, WIDTH, height);
  }
}

/** Reads one line into its characters, each with the colours that hold where it stands. */
function parseLine(line) {
  const cells = [];
  let [foreground, background] = [undefined, undefined];
  for (const [, kind, color, reset, character] of line.matchAll(
    /\x1b\[([34]8);2;([\d;]+)m|(\x1b\[0m)|(.)/gu,
  )) {
    if (kind === '38') foreground = `rgb(${color.replaceAll(';', ', ')})`;
    else if (kind === '48') background = `rgb(${color.replaceAll(';', ', ')})`;
    else if (reset) [foreground, background] = [undefined, undefined];
    else cells.push({ character, foreground, background });
  }
  return cells;
}
