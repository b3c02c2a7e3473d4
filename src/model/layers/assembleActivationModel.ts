import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ActivationModel } from '../selection/ActivationModel';
import { createGuard } from '../selection/createGuard';
import { type PassedLayer, watchNaN } from '../selection/watchNaN';
import type { LayerUse, UseGraph } from './listUses';
import { planForwardPass } from './planForwardPass';
import { requireLive } from './requireLayersModel';

/** Layers whose business it is to leave values out, NaN as well, and common ones that hand each NaN on. */
const NOT_WATCHED =
  /^(Cropping\dD|CenterCrop|Embedding|BatchNormalization|Flatten|Reshape|Permute|Dropout|ZeroPadding2D|Add|Concatenate)$/;

/** An output that is asked for. */
export interface WantedOutput {
  readonly slot: number;
  readonly layer: ActivationModel['layers'][number];
  /** The use whose output it is. */
  readonly use: LayerUse;
}

/** What stands between a caller, whose channels come last, and a model whose channels do not. */
export interface ChannelOrder {
  readonly inputShapes: ActivationModel['inputShapes'];
  takeIn(inputs: readonly Tensor[]): readonly Tensor[];
  giveOut(outputs: readonly Tensor[]): readonly Tensor[];
}

/** Names the outputs of some uses of layers. */
export function listOutputs(chosen: readonly LayerUse[]): WantedOutput[] {
  return chosen.flatMap((use) => {
    const { path, layer, outputs } = use;
    return outputs.map((slot, index) => ({
      slot,
      use,
      layer: { name: index > 0 ? `${path}[${index}]` : path, className: layer.getClassName() },
    }));
  });
}

/** Puts an activation model together, once it has been decided what it computes. */
export function assembleActivationModel(
  model: LayersModel,
  graph: UseGraph,
  wanted: readonly WantedOutput[],
  order?: ChannelOrder,
): ActivationModel {
  const sources = wanted.map(({ use: { inputs, layer } }) => {
    return NOT_WATCHED.test(layer.getClassName()) ? [] : inputs;
  });
  const learnt = wanted.map(({ use }, index) => (sources[index]!.length > 0 ? use.layer.weights : []));
  const pass = planForwardPass(graph, [...wanted.map(({ slot }) => slot), ...sources.flat()]);
  const watch = watchNaN();
  const inputShapes = order?.inputShapes ?? model.inputs.map(({ shape }) => shape);
  const { weights } = model;

  const guard = createGuard(() => requireLive(weights));
  /** @param values What has been wanted, and behind it what went into that. */
  function listPassed(values: readonly Tensor[]): PassedLayer[] {
    let next = wanted.length;
    return wanted.map((_, index) => {
      const first = next;
      next += sources[index]!.length;
      const weights = learnt[index]!.map((weight) => weight.read());
      return { inputs: values.slice(first, next), weights, output: values[index]! };
    });
  }

  return {
    layers: wanted.map(({ layer }) => layer),
    inputShape: inputShapes[0]!,
    inputNames: model.inputNames,
    inputShapes,
    predict(input, onLostNaN) {
      const given = guard.takeIn(input);
      // A layer may hand on its very input; a clone keeps what is returned apart from what the caller owns.
      // The same goes for two layers one of which hands on what the other put out.
      return tidy(() => {
        const all = pass(order ? order.takeIn(given) : given);
        const values = all.slice(0, wanted.length);
        if (onLostNaN) watch(() => listPassed(all), onLostNaN);
        const outputs = order ? order.giveOut(values) : values;
        return outputs.map((output, index) =>
          given.includes(output) || outputs.indexOf(output) < index ? output.clone() : output,
        );
      });
    },
    dispose: guard.dispose,
  };
}
