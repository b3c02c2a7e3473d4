import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { FigureOptions } from '../figure/createFigure';
import { type GraphModelLike, isGraphModel } from '../model/graph/GraphModelLike';
import { listLayers } from '../model/listLayers';
import { summarizeNodesByRun } from '../model/summarizeNodes';
import { unwrapModel } from '../model/unwrapModel';
import { drawFigures, drawKernels } from './drawFigures';
import { layerTable } from './layerTable';
import { countParameters, type Model, openModel } from './openModel';
import type { Command } from './parseArguments';
import { readPicture } from './readPicture';
import { startCompiled } from './startCompiled';
import type { Streams } from './streams';
import { writeFigures } from './writeFigures';
import { writePrediction } from './writePrediction';

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
  if (kernels !== undefined) {
    const [model, options] = await Promise.all([openModel(path), completeOptions(command)]);
    const drawings = await drawKernels(model, kernels, options, command.command.rgb);
    return await writeFigures(drawings, formats, [], command, streams);
  }
  const isArticle = path === undefined;
  const { digit, input, labels } = command.command;
  // Without a picture, a digit is drawn, unless something else goes in.
  const hasPicture = command.picture !== undefined || digit !== undefined || input === undefined;
  const { maxPixels } = command.image;
  const [model, picture, inputs, labelled, options] = await Promise.all([
    openModel(path),
    hasPicture ? readPicture(command.picture, digit, isArticle, maxPixels) : undefined,
    input ? (await import('./readInputs')).readInputs(input, maxPixels) : {},
    labels === undefined ? undefined : (await import('./readLabels')).readLabels(labels),
    completeOptions(command),
  ]);
  const { classNames: known } = unwrapModel<LayersModel | GraphModelLike>(model);
  const classNames = labelled ?? known;
  const given = { image: picture?.image, inputs, classNames };
  const { drawings, predicted, notes: left } = await drawFigures(model, given, command, options);
  const notes = [picture?.note, ...left, predicted && writePrediction(predicted, isArticle)];
  await writeFigures(
    drawings,
    formats,
    notes.filter((note) => note !== undefined),
    command,
    streams,
    { ...(picture && { img: picture.image }), layers: () => listLayers(model) },
  );
}

/** The options of the figure, with its scaling, and the scheme of its colour map, which is loaded only then. */
async function completeOptions({ figure, scaling, command }: Command): Promise<FigureOptions> {
  const { per, ...rest } = scaling;
  // On the command line a group and a range are one option.
  const whole = typeof per === 'object' ? { range: per, ...rest } : scaling;
  const scaled = Object.keys(scaling).length > 0 ? { ...figure, scaling: whole } : figure;
  if (command.colormap === undefined) return scaled;
  const { findScheme } = await import('./findScheme');
  return { ...scaled, colormap: findScheme(command.colormap) };
}

async function printLayers(model: Model, { command: { json } }: Command, { out }: Streams): Promise<void> {
  const { model: network } = unwrapModel<LayersModel | GraphModelLike>(model);
  const layers = isGraphModel(network) ? await summarizeNodesByRun(network) : listLayers(network);
  out(json ? `${JSON.stringify(layers, null, 2)}\n` : layerTable(layers, countParameters(model)));
}
