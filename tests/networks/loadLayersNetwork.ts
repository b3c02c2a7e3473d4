import { io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { registerCustomLayers } from './customLayers';
import type { NetworkFixture, NetworkLayer } from './networkFixtures';

/** The network as a layers model, by way of what a file of Keras says of it. */
export function loadLayersNetwork(network: NetworkFixture): Promise<LayersModel> {
  registerCustomLayers();
  const weights = [...network.weights];
  return loadLayersModel(
    io.fromMemory({
      modelTopology: toTopology(network),
      weightSpecs: weights.map(([name, { shape }]) => ({ name, shape, dtype: 'float32' })),
      weightData: joinValues(weights.map(([, { values }]) => values)),
    }),
  );
}

function toTopology({ name, layers, activations }: NetworkFixture) {
  const input = {
    class_name: 'InputLayer',
    name: 'input',
    config: { name: 'input', batch_input_shape: activations.get('input')!.shape },
    inbound_nodes: [],
  };
  const others = layers.map((layer) => ({
    class_name: classOf(layer),
    name: layer.name,
    config: { name: layer.name, ...layer.settings },
    inbound_nodes: [layer.inputs.map((source) => [source, 0, 0, {}])],
  }));
  return {
    class_name: 'Model',
    config: {
      name,
      layers: [input, ...others],
      input_layers: [['input', 0, 0]],
      output_layers: [[layers.at(-1)!.name, 0, 0]],
    },
  };
}

function classOf({ kind, settings }: NetworkLayer): string {
  return kind === 'DepthwiseConv2D' && settings.dilation_rate ? 'DilatedDepthwiseConv2D' : kind;
}

function joinValues(arrays: readonly Float32Array[]): ArrayBuffer {
  const joined = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of arrays) {
    joined.set(values, at);
    at += values.length;
  }
  return joined.buffer;
}
