import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../src/activations/computeActivations';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { createActivationModel } from '../../src/model/createActivationModel';
import { relativeError } from '../training/random';
import { FORMS } from './forms';
import { NETWORK_NAMES, readNetwork } from './networkFixtures';

const TOLERANCE = 1e-5;

beforeAll(() => useWasmBackend());

describe.each(FORMS)('whole networks as $form', ({ load, networks }) => {
  it.each(NETWORK_NAMES.filter(networks))(
    '%s: what every layer sees is within 1e-5 of PyTorch',
    async (name) => {
      const network = readNetwork(name);
      const model = await load(network);
      const paths = network.layers.map((layer) => layer.name);
      const activationModel = createActivationModel(model, paths);
      const { values, shape } = network.activations.get('input')!;
      const before = memory().numTensors;
      const activations = await computeActivations(activationModel, { data: values, shape });
      expect(memory().numTensors).toBe(before);
      expect(activations.map(({ layerName }) => layerName)).toEqual(paths);
      const wrong = activations.flatMap((activation) => {
        const expected = network.activations.get(activation.layerName)!;
        expect(activation.shape).toEqual(expected.shape);
        const error = relativeError(activation.data, expected.values);
        return error < TOLERANCE ? [] : [`${activation.layerName}: ${error}`];
      });
      activationModel.dispose();
      model.dispose();
      expect(wrong.join('\n')).toBe('');
    },
  );
});
