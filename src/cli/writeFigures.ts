import { join } from 'node:path';
import { saveFiles } from '../common/files/saveFiles';
import type { LayerDrawing } from './drawFigures';
import { namePath } from './explainError';
import { fileNames } from './fileNames';
import { type Drawing, FORMATS, type FormatName } from './formats';
import { holdSignals } from './holdSignals';
import type { Command } from './parseArguments';
import type { Streams } from './streams';

/** Characters in a line of the terminal at the most, however wide it is. */
const WIDEST = 120;

const NO_TITLES = 'the PNG files have no titles, which take @napi-rs/canvas: npm install @napi-rs/canvas';

/**
 * Writes all files or none of them, then says what there is to say. In a terminal, and where figures are drawn as text,
 * people read; elsewhere the output is the names of the files, and notes go to stderr.
 */
export async function writeFigures(
  drawings: readonly LayerDrawing[],
  formats: readonly FormatName[],
  remarks: readonly string[],
  { command: { out = 'out', quiet }, drawing: options }: Command,
  streams: Streams,
  about: Drawing['about'] = {},
): Promise<void> {
  const names = fileNames(drawings.map(({ layer }) => layer));
  const figures = drawings.map((drawing, index) => ({ ...drawing, name: names[index]! }));
  const createCanvas = formats.includes('png') && options.title !== false ? await findCanvas() : undefined;
  const lists = await Promise.all(
    formats.map((format) => FORMATS[format].drawFiles?.({ figures, options, createCanvas, about }) ?? []),
  );
  // Layer by layer rather than format by format.
  const longest = Math.max(...lists.map((files) => files.length));
  const files = Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  )
    .flat()
    .map(([name, content]) => [join(out, name), content] as const);
  await namePath(
    '--out',
    holdSignals(() => saveFiles(files)),
  );

  const lackTitles = formats.includes('png') && options.title !== false && !createCanvas;
  const notes = lackTitles ? [...remarks, NO_TITLES] : remarks;
  const written = files.map(([path]) => path);
  const forPeople = formats.includes('terminal');
  const sayNote = forPeople ? streams.out : streams.error;
  if (!quiet) for (const note of notes) sayNote(`${note}\n`);
  if (forPeople) {
    if (!quiet && notes.length > 0) streams.out('\n');
    await printFigures(drawings, options, streams);
  }
  if (written.length === 0 || quiet) return;
  streams.out(forPeople ? `written: ${written.join(', ')}\n` : `${written.join('\n')}\n`);
}

async function printFigures(
  drawings: readonly LayerDrawing[],
  options: Command['drawing'],
  { out, columns, color }: Streams,
): Promise<void> {
  const { title, colorBar, width } = options;
  const { renderTerminal } = await import('../render/terminal/renderTerminal');
  for (const { figure } of drawings) {
    // Lines that are too long are better than none.
    const room = Math.max(width ?? Math.max(8, Math.min(columns, WIDEST)), figure.columns);
    out(`${renderTerminal(figure, { title, colorBar, width: room, color })}\n`);
  }
}

/** Titles in a PNG take a canvas; without one the figures have none. */
async function findCanvas() {
  const canvas = await import('@napi-rs/canvas').catch(() => undefined);
  return canvas?.createCanvas;
}
