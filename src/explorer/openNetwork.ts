import { tensor4d } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { runActivationModel } from '../activations/runActivationModel';
import { ensureBackend } from '../backend/ensureBackend';
import { formatShape } from '../common/errors';
import type { Activation } from '../common/types';
import type { ImageInput } from '../image/ImageInput';
import { type ImageOptions, prepareImage } from '../image/imageToTensor';
import { createPlainActivationModel } from '../model/layers/createPlainActivationModel';
import { listUses } from '../model/layers/listUses';
import type { OpenedModel } from '../model/OpenedModel';
import type { ActivationModel } from '../model/selection/ActivationModel';
import { countParameters } from '../model/selection/countParameters';
import type { LayerSelector } from '../model/selection/selectLayers';
import { unwrapModel } from '../model/unwrapModel';

/** One layer that is shown. */
interface LayerInfo {
  readonly name: string;
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
  dispose(): void;
}

/**
 * Makes a model ready to be looked into, its output and the chosen layers in one forward pass.
 *
 * @throws As `createActivationModel` does.
 */
export function openNetwork(
  given: LayersModel | OpenedModel,
  selector: LayerSelector | undefined,
  options: ImageOptions,
): Network {
  const { model, preprocess: wanted } = unwrapModel<LayersModel>(given);
  requireImageModel(model);
  const names = open(model, selector).layers.map(({ name }) => name);
  const { uses, outputs } = listUses(model);
  const layerOf = new Map(uses.map(({ path, layer }) => [path, layer]));
  const isVector = model.outputs[0]!.shape.length === 2;
  const last = isVector ? uses.find((use) => use.outputs[0] === outputs[0])?.path : undefined;
  const all = last === undefined || names.includes(last) ? names : [...names, last];
  const activationModel = open(model, all);
  return {
    layers: names.map((name) => {
      const layer = layerOf.get(name.replace(/\[\d+\]$/, ''))!;
      return { name, className: layer.getClassName(), parameters: writeCount(countParameters(layer)) };
    }),
    async look(img) {
      await ensureBackend();
      const { inputShape } = activationModel;
      const preprocess = wanted ?? activationModel.preprocess;
      const { values, picture } = await prepareImage(img, inputShape, options, preprocess);
      const { batch, height, width, channels, data } = values;
      const tensor = tensor4d(data, [batch, height, width, channels]);
      try {
        const { white = 1 } = picture;
        const input = { height, width, channels, data, picture: picture.data, white };
        const activations = await runActivationModel(activationModel, [tensor]);
        return {
          input,
          activations: activations.slice(0, names.length).map(asMaps),
          output: last === undefined ? undefined : activations[all.indexOf(last)]!.data,
        };
      } finally {
        tensor.dispose();
      }
    },
    dispose: () => activationModel.dispose(),
  };
}

function open(model: LayersModel, selector: LayerSelector | undefined): ActivationModel {
  const activationModel = createPlainActivationModel(model, selector);
  if (activationModel) return activationModel;
  throw new TypeError('model: expected channels last, got layers with channels first');
}

function requireImageModel(model: LayersModel): void {
  const shapes = model?.inputs?.map(({ shape }) => shape) ?? [];
  if (shapes.length === 0 || (shapes.length === 1 && shapes[0]!.length === 4)) return;
  throw new TypeError(
    `model: expected one input of the shape [batch, height, width, channels], got ${shapes.map(formatShape).join(' and ')}`,
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
