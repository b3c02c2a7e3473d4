import { tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { runActivationModel } from '../activations/runActivationModel';
import { ensureBackend } from '../backend/ensureBackend';
import { formatShape } from '../common/errors';
import type { Activation } from '../common/types';
import type { ImageInput } from '../image/ImageInput';
import { imageShapeOf } from '../image/imageShapeOf';
import { type ImageOptions, prepareImage } from '../image/imageToTensor';
import { countWeights } from '../model/graph/constants';
import { createGraphActivationModel } from '../model/graph/createGraphActivationModel';
import { findOutputNode } from '../model/graph/findOutputNode';
import { type GraphModelLike, isGraphModel, openShape } from '../model/graph/GraphModelLike';
import { type GraphProbe, probeGraph } from '../model/graph/probeGraph';
import { findAsynchronous, readAllNodes, readNodes } from '../model/graph/readNodes';
import { createPlainActivationModel } from '../model/layers/createPlainActivationModel';
import { listUses } from '../model/layers/listUses';
import type { OpenedModel } from '../model/OpenedModel';
import type { ActivationModel } from '../model/selection/ActivationModel';
import { countParameters } from '../model/selection/countParameters';
import type { LayerSelector } from '../model/selection/selectLayers';
import { unwrapModel } from '../model/unwrapModel';

/** One layer that is shown. */
export interface LayerInfo {
  readonly name: string;
  /** For people to read. */
  readonly title: string;
  readonly className: string;
  /** In words. */
  readonly parameters: string;
}

/** Numbers of an image as the network got it: `height × width × channels`, row-major. */
export interface InputValues {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: Float32Array;
  /** The same as a picture, before its values were brought into the range of the network. */
  readonly picture: Float32Array;
  /** The number that stands for white in it. */
  readonly white: number;
}

/** What the network made of one image. */
export interface Look {
  readonly input: InputValues;
  /** A layer each, with the shape `[1, height, width, channels]`. */
  readonly activations: readonly Activation[];
  /** What the network put out, where that is a vector. */
  readonly output: Float32Array | undefined;
}

/** A model as the explorer sees it: plain data goes in and comes out. */
export interface Network {
  readonly layers: readonly LayerInfo[];
  look(img: ImageInput): Promise<Look>;
  /** Of a graph, what its nodes put out for images of one size. */
  readonly probe: ((height: number, width: number) => GraphProbe) | undefined;
  dispose(): void;
}

/**
 * Makes a model ready to be looked into, its output and the chosen layers in one forward pass.
 *
 * @throws As `createActivationModel` does.
 */
export function openNetwork(
  opened: LayersModel | GraphModelLike | OpenedModel,
  selector: LayerSelector | undefined,
  options: ImageOptions,
): Network {
  const { model, preprocess: wanted } = unwrapModel<LayersModel | GraphModelLike>(opened);
  requireImageModel(model);
  const { activationModel, layers, last, probe } = isGraphModel(model)
    ? openGraph(model, selector)
    : openLayers(model, selector);
  return {
    layers,
    probe,
    async look(img) {
      await ensureBackend();
      const { inputShape } = activationModel;
      const preprocess = wanted ?? activationModel.preprocess;
      const { values, picture } = await prepareImage(img, imageShapeOf(inputShape)!, options, preprocess);
      const { batch, height, width, channels, data } = values;
      const sizes = [[height * width], [height, width], [height, width, channels]][inputShape.length - 2]!;
      const given = tensor(data, [batch, ...sizes]);
      try {
        const { white = 1 } = picture;
        const input = { height, width, channels, data, picture: picture.data, white };
        const activations = await runActivationModel(activationModel, [given]);
        const output = last === undefined ? undefined : activations[last];
        return {
          input,
          activations: activations.slice(0, layers.length).map(asMaps),
          // Of a graph, only a run tells whether it is a vector.
          output: output?.shape.length === 2 ? output.data : undefined,
        };
      } finally {
        given.dispose();
      }
    },
    dispose: () => activationModel.dispose(),
  };
}

/** A model with all that is to be computed of it. */
interface OpenedNetwork extends Pick<Network, 'layers' | 'probe'> {
  readonly activationModel: ActivationModel;
  /** Where the network's output stands among what is computed, which begins with the layers. */
  readonly last: number | undefined;
}

function openLayers(model: LayersModel, selector: LayerSelector | undefined): OpenedNetwork {
  const names = open(model, selector).layers.map(({ name }) => name);
  const { uses, outputs } = listUses(model);
  const layerOf = new Map(uses.map(({ path, layer }) => [path, layer]));
  const isVector = model.outputs[0]!.shape.length === 2;
  const last = isVector ? uses.find((use) => use.outputs[0] === outputs[0])?.path : undefined;
  const all = last === undefined || names.includes(last) ? names : [...names, last];
  return {
    activationModel: open(model, all),
    layers: names.map((name) => {
      const layer = layerOf.get(name.replace(/\[\d+\]$/, ''))!;
      const parameters = writeCount(countParameters(layer));
      return { name, title: name, className: layer.getClassName(), parameters };
    }),
    last: last === undefined ? undefined : all.indexOf(last),
    probe: undefined,
  };
}

function open(model: LayersModel, selector: LayerSelector | undefined): ActivationModel {
  const activationModel = createPlainActivationModel(model, selector);
  if (activationModel) return activationModel;
  throw new TypeError('model: expected channels last, got layers with channels first');
}

function openGraph(model: GraphModelLike, selector: LayerSelector | undefined): OpenedNetwork {
  // By their names, so that a node with a single number, which is shown as one, stays in its place.
  const chosen = createGraphActivationModel(model, selector, false).layers;
  const names = chosen.map(({ name }) => name);
  const activationModel = createGraphActivationModel(model, names, false, findOutputNode);
  const nodes = readNodes(model);
  return {
    activationModel,
    layers: chosen.map(({ name, shortName = name, className }) => {
      const node = nodes.find((one) => one.name === name.replace(/:\d+$/, ''));
      const parameters = writeCount(node ? countWeights(model, node) : 0);
      return { name, title: shortName, className, parameters };
    }),
    last: activationModel.prediction && names.length,
    probe(height, width) {
      const all = readAllNodes(model);
      const asynchronous = findAsynchronous(all);
      const known = all.filter((node) => !asynchronous.has(node));
      return probeGraph(model, known, { batch: 1, height, width });
    },
  };
}

function requireImageModel(model: LayersModel | GraphModelLike): void {
  const shapes = isGraphModel(model)
    ? model.inputs.map(({ shape }) => openShape(shape))
    : (model?.inputs?.map(({ shape }) => shape) ?? []);
  if (shapes.length === 0 || (shapes.length === 1 && imageShapeOf(shapes[0]!))) return;
  throw new TypeError(
    `model: expected one input for a picture, such as [batch, height, width, channels], got ${shapes.map(formatShape).join(' and ')}`,
  );
}

function writeCount(count: number): string {
  return count === 1 ? '1 parameter' : `${count.toLocaleString('en')} parameters`;
}

/** Sees a vector as one map of one row, and a sequence of vectors as one map with a row each. */
function asMaps(activation: Activation): Activation {
  const [batch = 1, ...sizes] = activation.shape;
  if (sizes.length === 3) return activation;
  const [height, width] = sizes.length === 2 ? sizes : [1, sizes.reduce((one, other) => one * other, 1)];
  return { ...activation, shape: [batch, height!, width!, 1] };
}
