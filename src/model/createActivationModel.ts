import { type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { formatShape } from '../errors';
import { nodeOf, planForwardPass } from './planForwardPass';
import { requireLayersModel, requireLive } from './requireLayersModel';
import { type LayerSelector, selectLayers } from './selectLayers';

/** One model with an output for each chosen layer. It shares the weights of the model that it was made from. */
export interface ActivationModel {
  /** The chosen layers, in the order of the outputs. */
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
  requireImageModel(model);
  const selected = selectLayers(model, selector);
  const [input] = model.inputs as [SymbolicTensor];
  const reachable = collectTensors(model.outputs);
  const pass = planForwardPass(
    [input],
    selected.map((layer) => outputOf(layer, reachable)),
  );
  const weights = selected.length > 0 ? model.weights : [];

  let disposed = false;
  return {
    layers: selected.map((layer) => ({ name: layer.name, className: layer.getClassName() })),
    inputShape: input.shape,
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

function requireImageModel(model: LayersModel): void {
  requireLayersModel(model);
  const turned = model.layers.find((layer) => 'dataFormat' in layer && layer.dataFormat === 'channelsFirst');
  if (turned) {
    throw new TypeError(
      `model: expected channels last, got the layer ${JSON.stringify(turned.name)} with channels first`,
    );
  }
  const shapes = model.inputs.map((input) => input.shape);
  if (shapes.length !== 1 || shapes[0]!.length !== 4) {
    throw new TypeError(
      `model: expected one input of the shape [batch, height, width, channels], got ${shapes.map(formatShape).join(' and ')}`,
    );
  }
}

/** Every symbolic tensor that a model computes. A shared layer has others, in other models. */
function collectTensors(outputs: readonly SymbolicTensor[]): Set<SymbolicTensor> {
  const tensors = new Set<SymbolicTensor>();
  const open = [...outputs];
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    if (tensors.has(tensor)) continue;
    tensors.add(tensor);
    open.push(...nodeOf(tensor).inputTensors);
  }
  return tensors;
}

/** The first output of the layer that belongs to the model. */
function outputOf(layer: layers.Layer, reachable: ReadonlySet<SymbolicTensor>): SymbolicTensor {
  for (const node of layer.inboundNodes) {
    const output = node.outputTensors.find((tensor) => reachable.has(tensor));
    if (output) return output;
  }
  throw new RangeError(
    `layers: expected a layer on the way to the model's outputs, got ${JSON.stringify(layer.name)}`,
  );
}
