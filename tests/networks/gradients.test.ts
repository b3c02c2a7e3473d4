import type { GraphModel } from '@tensorflow/tfjs-converter';
import {
  grad,
  memory,
  mul,
  reshape,
  type Scalar,
  sum,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { registerTrainingKernels } from '../../src/training/registerTrainingKernels';
import { relativeError } from '../training/random';
import { GRAPH_FORMS, LAYERS_FORM } from './forms';
import { NETWORK_NAMES, type NetworkFixture, readNetwork, type ShapedValues } from './networkFixtures';

const TOLERANCE = 1e-4;

const toTensor = ({ values, shape }: ShapedValues) => tensor(values, shape);

/** What the fixtures' gradients are those of. */
function weigh(network: NetworkFixture, output: Tensor) {
  return sum(mul(output, toTensor(network.factors))) as Scalar;
}

/** Says of which names the gradient is wrong or cannot be computed, and by how much or why. */
function findWrong(
  network: NetworkFixture,
  names: readonly string[],
  differentiate: (name: string) => Tensor,
) {
  return names.flatMap((name) => {
    const { values, shape } = network.gradients.get(name)!;
    try {
      return tidy(() => {
        const gradient = differentiate(name);
        if (gradient.shape.join() !== shape.join()) return [`${name}: shape ${gradient.shape}, not ${shape}`];
        const error = relativeError(gradient.dataSync(), values);
        return error < TOLERANCE ? [] : [`${name}: ${error}`];
      });
    } catch (error) {
      return [`${name}: ${(error as Error).message}`];
    }
  });
}

describe.each([true, false])('gradients of whole networks, our own WebAssembly: %s', (binary) => {
  beforeAll(async () => {
    await useWasmBackend();
    const path = await registerTrainingKernels({ binary });
    expect(path).toBe(binary ? 'binary' : 'fallback');
  });

  it.each(NETWORK_NAMES)('%s as a layers model: of the input and of every weight', async (name) => {
    const network = readNetwork(name);
    const model: LayersModel = await LAYERS_FORM.load(network);
    const before = memory().numTensors;
    const wrong = tidy(() => {
      const input = toTensor(network.activations.get('input')!);
      const run = (x: Tensor) => weigh(network, model.apply(x, { training: false }) as Tensor);
      const { grads } = variableGrads(() => run(input));
      // A variable's name tells it from those of networks that were loaded before.
      const variables = new Map(
        model.trainableWeights.map((weight) => [weight.originalName, (weight.read() as Variable).name]),
      );
      return [
        ...findWrong(network, ['input'], () => grad(run)(input)),
        ...findWrong(network, [...variables.keys()], (path) => grads[variables.get(path)!]!.clone()),
      ];
    });
    expect(wrong.join('\n')).toBe('');
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  describe.each(GRAPH_FORMS)('$form', ({ load, networks }) => {
    it.each(NETWORK_NAMES.filter(networks))(
      '%s: of the input, of every node, of every weight',
      async (name) => {
        const network = readNetwork(name);
        const model: GraphModel = await load(network);
        const before = memory().numTensors;
        const last = network.layers.at(-1)!.name;
        const wrong = tidy(() => {
          const input = toTensor(network.activations.get('input')!);
          return findWrong(network, [...network.gradients.keys()], (path) => {
            const value = network.activations.get(path) ?? network.weights.get(path)!;
            // A graph has the kernel of a Conv1D as that of a Conv2D.
            const given = tensor(value.values, model.weights[path]?.[0]?.shape ?? value.shape);
            const run = (x: Tensor) => weigh(network, model.execute({ input, [path]: x }, last) as Tensor);
            return reshape(grad(run)(given), value.shape);
          });
        });
        expect(wrong.join('\n')).toBe('');
        expect(memory().numTensors).toBe(before);
        model.dispose();
      },
    );
  });
});
