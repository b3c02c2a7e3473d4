import { type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { formatShape } from '../errors';
import { type LayerUse, listUses } from './listUses';
import { planForwardPass } from './planForwardPass';
import { requireLayersModel, requireLive } from './requireLayersModel';
import { type LayerSelector, selectLayers } from './selectLayers';

/** One model with an output for each chosen layer. It shares the weights of the model that it was made from. */
export interface ActivationModel {
  /**
   * The chosen layers, in the order of the outputs, by their paths; the second output of a layer that has several is
   * `'lstm[1]'`.
   */
  readonly layers: readonly { readonly name: string; readonly className: string }[];
  /** What the model takes: `[batch, height, width, channels]`, `null` for what is open. */
  readonly inputShape: readonly (number | null)[];
  /**
   * Runs the network once, as far as the chosen layers need it.
   *
   * @param input Shape as `inputShape`; stays the caller's.
   * @returns An output a layer, which the caller disposes.
   * @throws Error if this model, or the one that it was made from, has been disposed.
   */
  predict(input: Tensor4D): Tensor[];
  /** Lets go of the model that this one was made from and leaves that one as it is. Harmless when repeated. */
  dispose(): void;
}

/**
 * Makes a model that computes what the chosen layers put out, all of them in one forward pass. Made once, it serves for
 * any number of images.
 *
 * @param model A layers model of TensorFlow.js with one image as its input; it stays the caller's, weights included.
 * @param selector Which layers; see {@link LayerSelector}.
 * @throws TypeError if `model` is no layers model or takes something other than one image; RangeError if no layer
 * matches or a name is unknown; Error if the model has been disposed.
 */
export function createActivationModel(model: LayersModel, selector: LayerSelector = 'conv'): ActivationModel {
  requireLayersModel(model);
  const graph = listUses(model);
  requireImageModel(model, graph.uses);
  const selected = selectLayers(graph.uses, selector).flatMap(({ path, layer, outputs }) =>
    outputs.map((slot, index) => ({ slot, name: index > 0 ? `${path}[${index}]` : path, layer })),
  );
  const pass = planForwardPass(
    graph,
    selected.map(({ slot }) => slot),
  );
  const { weights } = model;

  let disposed = false;
  return {
    layers: selected.map(({ name, layer }) => ({ name, className: layer.getClassName() })),
    inputShape: model.inputs[0]!.shape,
    predict(image) {
      if (disposed)
        throw new Error('activationModel: expected a live activation model, got one that has been disposed');
      requireLive(weights);
      // A layer may hand on its very input; a clone keeps what is returned apart from what the caller owns.
      // The same goes for two layers one of which hands on what the other put out.
      return tidy(() => {
        const outputs = pass([image]);
        return outputs.map((output, index) =>
          output === image || outputs.indexOf(output) < index ? output.clone() : output,
        );
      });
    },
    dispose() {
      disposed = true;
    },
  };
}

/** Whether something is an activation model rather than a model. */
export function isActivationModel(value: unknown): value is ActivationModel {
  return (
    typeof value === 'object' &&
    value !== null &&
    'inputShape' in value &&
    'layers' in value &&
    Array.isArray(value.layers) &&
    'predict' in value &&
    !('inputs' in value)
  );
}

function requireImageModel(model: LayersModel, uses: readonly LayerUse[]): void {
  const turned = uses.find(({ layer }) => 'dataFormat' in layer && layer.dataFormat === 'channelsFirst');
  if (turned) {
    throw new TypeError(
      `model: expected channels last, got the layer ${JSON.stringify(turned.path)} with channels first`,
    );
  }
  const shapes = model.inputs.map((input) => input.shape);
  if (shapes.length !== 1 || shapes[0]!.length !== 4) {
    throw new TypeError(
      `model: expected one input of the shape [batch, height, width, channels], got ${shapes.map(formatShape).join(' and ')}`,
    );
  }
}
