import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ActivationModel } from '../selection/ActivationModel';
import type { LayerUse, UseGraph } from './listUses';
import { planForwardPass } from './planForwardPass';
import { readInputs } from './readInputs';
import { requireLive } from './requireLayersModel';

/** An output that is asked for. */
export interface WantedOutput {
  readonly slot: number;
  readonly layer: ActivationModel['layers'][number];
}

/** What stands between a caller, whose channels come last, and a model whose channels do not. */
export interface ChannelOrder {
  readonly inputShapes: ActivationModel['inputShapes'];
  takeIn(inputs: readonly Tensor[]): readonly Tensor[];
  giveOut(outputs: readonly Tensor[]): readonly Tensor[];
}

/** Names the outputs of some uses of layers. */
export function listOutputs(chosen: readonly LayerUse[]): WantedOutput[] {
  return chosen.flatMap(({ path, layer, outputs }) =>
    outputs.map((slot, index) => ({
      slot,
      layer: { name: index > 0 ? `${path}[${index}]` : path, className: layer.getClassName() },
    })),
  );
}

/** Puts an activation model together, once it has been decided what it computes. */
export function assembleActivationModel(
  model: LayersModel,
  graph: UseGraph,
  wanted: readonly WantedOutput[],
  order?: ChannelOrder,
): ActivationModel {
  const pass = planForwardPass(
    graph,
    wanted.map(({ slot }) => slot),
  );
  const inputs = readInputs(model, graph);
  const inputShapes = order?.inputShapes ?? inputs.map(({ shape }) => shape);
  const inputPreprocess = inputs.map(({ preprocess }) => preprocess);
  const { weights } = model;

  let disposed = false;
  return {
    layers: wanted.map(({ layer }) => layer),
    inputShape: inputShapes[0]!,
    inputNames: model.inputNames,
    inputShapes,
    preprocess: inputPreprocess[0]!,
    inputPreprocess,
    predict(input) {
      if (disposed)
        throw new Error('activationModel: expected a live activation model, got one that has been disposed');
      requireLive(weights);
      const given: readonly Tensor[] = 'dataId' in input ? [input] : input;
      // A layer may hand on its very input; a clone keeps what is returned apart from what the caller owns.
      // The same goes for two layers one of which hands on what the other put out.
      return tidy(() => {
        const values = pass(order ? order.takeIn(given) : given);
        const outputs = order ? order.giveOut(values) : values;
        return outputs.map((output, index) =>
          given.includes(output) || outputs.indexOf(output) < index ? output.clone() : output,
        );
      });
    },
    dispose() {
      disposed = true;
    },
  };
}
