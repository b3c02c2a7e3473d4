import type { LayersModel } from '@tensorflow/tfjs-layers';
import { computeActivations } from '../activations/computeActivations';
import { quote } from '../common/quote';
import type { Activation, Figure } from '../common/types';
import { createFigure, type FigureOptions } from '../figure/createFigure';
import { createKernelFigure } from '../figure/createKernelFigure';
import { shareScale } from '../figure/shareScale';
import { createActivationModel } from '../model/createActivationModel';
import { listUses } from '../model/layers/listUses';
import { readKernelWeights } from '../model/readKernelWeights';
import { selectLayers } from '../model/selection/selectLayers';
import { describeInput } from './describeInput';
import type { Model } from './openModel';
import type { Command } from './parseArguments';
import type { Picture } from './readPicture';

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
  /** What the article's network says the picture is: 0..1 for each digit. Absent for others. */
  readonly probabilities?: Float32Array;
}

type Selector = NonNullable<Command['command']['layers']>;

/**
 * Runs the picture through the network once, and lays out a figure for each chosen layer.
 *
 * @param figureOptions Those of the command, the colour map among them.
 */
export async function drawFigures(
  model: Model,
  { image }: Picture,
  command: Command,
  figureOptions: FigureOptions,
): Promise<Drawings> {
  const { layers, model: path, preActivation } = command.command;
  // In the same pass, what the article's network makes of it.
  const { selector, last, extra } =
    path === undefined ? withPrediction(model as LayersModel, layers) : { selector: layers, extra: false };
  const activationModel = createActivationModel(model, selector, { preActivation });
  const activations = await computeActivations(activationModel, image, {
    resize: 'antialias',
    ...command.image,
  });
  activationModel.dispose();
  const skipped = activationModel.layers.length - activations.length;
  const ill = activations.flatMap(({ layerName, lostNaN }) => (lostNaN ? [layerName] : []));
  const shown = extra ? activations.slice(0, -1) : activations;
  const output = activations.find(({ layerName }) => layerName === last);
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
      ...(path === undefined ? [] : [describeInput(activationModel, image, command.image.preprocess)]),
      ...(skipped > 0 ? [`left out, having no map: ${skipped} with a single number`] : []),
      ...(ill.length > 0 ? [`NaN went in and came out as numbers: ${ill.join(', ')}`] : []),
    ],
    ...(output && { probabilities: output.data }),
  };
}

/** Has the network's last layer computed too. */
function withPrediction(model: LayersModel, layers: Selector | undefined) {
  const { uses } = listUses(model);
  const paths = selectLayers(uses, layers).map(({ path }) => path);
  const last = uses.at(-1)!.path;
  const extra = !paths.includes(last);
  return { selector: extra ? [...paths, last] : paths, last, extra };
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
