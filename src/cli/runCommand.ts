import { join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { FigureOptions } from '../figure/createFigure';
import { listLayers } from '../model/listLayers';
import { loadArticleCnn } from '../model/loadArticleCnn';
import { loadModel } from '../node/loadModel';
import { saveFiles } from '../node/saveFiles';
import { drawFigures, drawKernels, type LayerDrawing } from './drawFigures';
import { namePath } from './explainError';
import { fileNames } from './fileNames';
import { FORMATS, type FormatName } from './formats';
import { holdSignals } from './holdSignals';
import { layerTable } from './layerTable';
import type { Command } from './parseArguments';
import { readPicture } from './readPicture';
import { startCompiled } from './startCompiled';
import type { Streams } from './streams';

/** Characters in a line of the terminal at the most, however wide it is. */
const WIDEST = 120;

/**
 * Does what the command line asks for, once that is known to make sense.
 *
 * @param compiled The binary of the WASM backend.
 */
export async function runCommand(
  command: Command,
  streams: Streams,
  compiled: Promise<WebAssembly.Module>,
): Promise<void> {
  await startCompiled(compiled);
  const { list, kernels, model: path } = command.command;
  if (list) return printLayers(await openModel(path), command, streams);

  const formats = command.command.format ?? (streams.isTerminal ? ['png', 'terminal'] : ['png']);
  // In a terminal, and where figures are drawn as text, people read; elsewhere the output is the names of the files.
  const forPeople = formats.includes('terminal');
  const say = (line: string) => {
    if (!command.command.quiet) (forPeople ? streams.out : streams.error)(`${line}\n`);
  };
  if (kernels !== undefined) {
    const [model, options] = await Promise.all([openModel(path), completeOptions(command)]);
    return await writeFigures(await drawKernels(model, kernels, options), formats, command, streams);
  }
  const isArticle = path === undefined;
  const [model, picture, options] = await Promise.all([
    openModel(path),
    readPicture(command.picture, command.command.digit, isArticle),
    completeOptions(command),
  ]);
  const { drawings, probabilities } = await drawFigures(model, picture, command, options);
  if (picture.note !== undefined) say(picture.note);
  if (isArticle) say(describePrediction(probabilities) + (forPeople ? '\n' : ''));
  await writeFigures(drawings, formats, command, streams);
}

function openModel(path: string | undefined): Promise<LayersModel> {
  return path === undefined ? loadArticleCnn() : namePath('--model', loadModel(path));
}

/** The options of the figure, with the scheme that the colour map is made of, which is loaded only then. */
async function completeOptions({ figure, command: { colormap } }: Command): Promise<FigureOptions> {
  if (colormap === undefined) return figure;
  const { findScheme } = await import('./findScheme');
  return { ...figure, colormap: findScheme(colormap) };
}

function printLayers(model: LayersModel, { command: { json } }: Command, { out }: Streams): void {
  const layers = listLayers(model);
  out(json ? `${JSON.stringify(layers, null, 2)}\n` : layerTable(layers, model.countParams()));
}

function describePrediction(probabilities: Float32Array): string {
  const predicted = probabilities.indexOf(Math.max(...probabilities));
  return `predicted digit: ${predicted} (probability ${(100 * probabilities[predicted]!).toFixed(2)} %)`;
}

/** Writes all files or none of them, then shows the figures in the terminal if that was asked for. */
async function writeFigures(
  drawings: readonly LayerDrawing[],
  formats: readonly FormatName[],
  { command: { out = 'out', quiet }, drawing: options }: Command,
  streams: Streams,
): Promise<void> {
  const names = fileNames(drawings.map(({ layer }) => layer));
  const figures = drawings.map(({ figure }, index) => ({ name: names[index]!, figure }));
  const createCanvas = formats.includes('png') && options.title !== false ? await findCanvas() : undefined;
  const lists = await Promise.all(
    formats.map((format) => FORMATS[format].drawFiles?.({ figures, options, createCanvas }) ?? []),
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

  const written = files.map(([path]) => path);
  const forPeople = formats.includes('terminal');
  if (forPeople) await printFigures(drawings, options, streams);
  if (written.length === 0 || quiet) return;
  streams.out(forPeople ? `written: ${written.join(', ')}\n` : `${written.join('\n')}\n`);
}

async function printFigures(
  drawings: readonly LayerDrawing[],
  { title, width }: Command['drawing'],
  { out, columns, color }: Streams,
): Promise<void> {
  const { renderTerminal } = await import('../render/renderTerminal');
  for (const { figure } of drawings) {
    // Lines that are too long are better than none.
    const room = Math.max(width ?? Math.max(8, Math.min(columns, WIDEST)), figure.columns);
    out(`${renderTerminal(figure, { width: room, color, title })}\n`);
  }
}

/** Titles in a PNG take a canvas; without one the figures have none. */
async function findCanvas() {
  const canvas = await import('@napi-rs/canvas').catch(() => undefined);
  return canvas?.createCanvas;
}
