import { computeActivations } from '../activations/computeActivations';
import { describePrediction } from '../activations/describePrediction';
import type { PredictedClass } from '../activations/topClasses';
import { listNearest } from '../common/listNearest';
import { quote } from '../common/quote';
import type { Activation, Figure, PixelImage } from '../common/types';
import { createFigure, type FigureOptions } from '../figure/createFigure';
import { createKernelFigure } from '../figure/createKernelFigure';
import { shareScale } from '../figure/shareScale';
import type { ImageInput, NetworkInput } from '../image/ImageInput';
import { createPredictingModel } from '../model/createPredictingModel';
import { readKernelWeights } from '../model/readKernelWeights';
import type { ActivationModel } from '../model/selection/ActivationModel';
import { chooseLayers } from './chooseLayers';
import { describeInput } from './describeInput';
import type { Model } from './openModel';
import type { Command } from './parseArguments';
import { UsageError } from './UsageError';

export interface LayerDrawing {
  /** What the file is called after: the path of the layer, the short name of a node. */
  readonly layer: string;
  readonly figure: Figure;
  /** Absent for kernels. */
  readonly activation?: Activation;
}

export interface Drawings {
  readonly drawings: readonly LayerDrawing[];
  /** What else there is to say, a line each. */
  readonly notes: readonly (string | undefined)[];
  /** What the network takes the picture for, the likeliest class first; absent where it tells no classes apart. */
  readonly predicted?: readonly PredictedClass[] | undefined;
}

/** What goes into the network. */
export interface Given {
  /** Absent where other inputs are given and no picture. */
  readonly image: PixelImage | undefined;
  /** What the inputs get that are named. */
  readonly inputs: Readonly<Record<string, ImageInput>>;
  readonly classNames: readonly string[] | undefined;
}

/**
 * Runs the picture through the network once, and lays out a figure for each chosen layer.
 *
 * @param figureOptions Those of the command, the colour map among them.
 */
export async function drawFigures(
  model: Model,
  { image, inputs, classNames }: Given,
  command: Command,
  figureOptions: FigureOptions,
): Promise<Drawings> {
  const { layers, model: path, preActivation } = command.command;
  // In the same pass, what the network makes of it.
  const activationModel = createPredictingModel(model, layers ?? chooseLayers(model), preActivation);
  const { prediction } = activationModel;
  const activations = await computeActivations(activationModel, nameInputs(activationModel, image, inputs), {
    resize: 'antialias',
    ...command.image,
  });
  activationModel.dispose();
  const skipped = activationModel.layers.length - activations.length;
  const shown = prediction ? activations.slice(0, -1) : activations;
  requireMaps(shown, skipped);
  const ill = new Set(activations.flatMap(({ layerName, lostNaN }) => (lostNaN ? [layerName] : [])));
  const predicted = prediction && describePrediction(activations.at(-1)!, prediction, classNames)?.[0];
  const { scaling } = figureOptions;
  const options =
    scaling === undefined
      ? figureOptions
      : { ...figureOptions, scaling: shareScale(shown, scaling, figureOptions) };
  return {
    drawings: shown.map((activation) => ({
      layer: activation.shortName ?? activation.layerName,
      figure: layOut(activation, options, shown.length > 1),
      activation,
    })),
    notes: [
      ...(path === undefined || !image
        ? []
        : [describeInput(activationModel, image, command.image.preprocess)]),
      ...(skipped > 0 ? [`left out, having no map: ${skipped} with a single number`] : []),
      ...(ill.size > 0 ? [`NaN went in and came out as numbers: ${[...ill].join(', ')}`] : []),
    ],
    predicted,
  };
}

/** Gives each input what is for it: the picture goes to the one that is not named. */
function nameInputs(
  { inputNames }: Pick<ActivationModel, 'inputNames'>,
  image: PixelImage | undefined,
  inputs: Given['inputs'],
): NetworkInput {
  const named = Object.keys(inputs);
  if (named.length === 0 && image) return image;
  const unknown = named.find((name) => !inputNames.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `--input: expected the name of an input, got ${quote(unknown)}; the network has ${listNearest(inputNames, unknown)}`,
    );
  }
  const left = inputNames.filter((name) => !named.includes(name));
  if (left.length > 1 || (left.length === 0) !== (image === undefined)) {
    const wanted =
      left.length === 0
        ? 'no IMAGE, since every input has a file'
        : 'a file for every input but that of IMAGE';
    throw new UsageError(`--input: expected ${wanted}, got none for ${listNearest(left)}`);
  }
  const all = image ? { ...inputs, [left[0]!]: image } : inputs;
  return inputNames.length === 1 ? all[inputNames[0]!]! : all;
}

/** The network's output is not shown, so that it may be all that is left. */
function requireMaps(shown: readonly Activation[], skipped: number): void {
  if (shown.length > 0) return;
  throw new RangeError(
    `layers: expected a node that puts out a map, got ${skipped} with a single number each`,
  );
}

/** Lays out the weights of one convolution. */
export async function drawKernels(
  model: Model,
  layer: string,
  { columns, title, gap, scaling, channels, colormap }: FigureOptions,
  rgb: boolean | undefined,
): Promise<LayerDrawing[]> {
  const options = { columns, title, gap, scaling, channels, colormap, rgb };
  const kernel = await readKernelWeights(model, layer);
  return [
    { layer: `${kernel.shortName ?? kernel.layer}-kernels`, figure: createKernelFigure(kernel, options) },
  ];
}

/** What suits one layer may not suit another: the message says which. */
function layOut(activation: Activation, options: FigureOptions, isOneOfMany: boolean): Figure {
  try {
    return createFigure(activation, options);
  } catch (error) {
    if (!(error instanceof Error && isOneOfMany) || error.message.includes('layer')) throw error;
    throw new Error(`${error.message}, in the layer ${quote(activation.layerName)}`, {
      cause: error,
    });
  }
}
