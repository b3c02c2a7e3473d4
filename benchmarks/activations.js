import * as tf from '@tensorflow/tfjs-core';
import { computeActivations, createActivationModel } from 'layerscope';
import { drawDigit } from 'layerscope/data';
import { createDirectOperations, createTwoOutputModel, readAndDispose } from './network.js';

const DIRECT = 'tfjs-core, the operations called directly';

/** Both convolutions of the article's network, for one image and for a batch. */
export async function createActivationGroups(model) {
  return [
    await createGroup(model, 1, { rounds: 150 }),
    await createGroup(model, 256, {
      rounds: 15,
      note: 'Batch of 256; the time is for the whole batch.',
    }),
  ];
}

async function createGroup(model, batch, { rounds, note }) {
  const shape = [batch, 28, 28, 1];
  const data = drawDigits(batch);
  const image = { data, shape };
  const weights = model.weights.map((weight) => ({ shape: weight.shape, values: weight.read().dataSync() }));
  const activationModel = createActivationModel(model);
  const twoOutputModel = createTwoOutputModel(model);
  // A tensor belongs to the backend that it was made on, so each has its own copy of input and weights.
  const [onCpu, cpuInput] = await withBackend('cpu', () => [
    createDirectOperations(weights),
    tf.tensor4d(data, shape),
  ]);
  const [direct, input] = await withBackend('wasm', () => [
    createDirectOperations(weights),
    tf.tensor4d(data, shape),
  ]);
  const useWasm = () => tf.setBackend('wasm');
  const valuesOf = (activations) => activations.map((activation) => activation.data);
  const asTheyAre = (values) => values;

  return {
    title: `Activations of both convolutions, ${batch === 1 ? 'one image' : `${batch} images`}`,
    note,
    reference: DIRECT,
    rounds,
    tolerance: 1e-5,
    contestants: {
      [DIRECT]: { run: () => direct(input), values: asTheyAre, prepare: useWasm },
      'layerscope, activationModel.predict and dataSync': {
        run: () => readAndDispose(activationModel.predict(input)),
        values: asTheyAre,
        prepare: useWasm,
      },
      'layerscope, computeActivations of a tensor': {
        run: () => computeActivations(activationModel, input),
        values: valuesOf,
        prepare: useWasm,
      },
      'layerscope, computeActivations of numbers': {
        run: () => computeActivations(activationModel, image),
        values: valuesOf,
        prepare: useWasm,
      },
      'tfjs-layers, model with two outputs, predict and dataSync': {
        run: () => readAndDispose(twoOutputModel.predict(input, { batchSize: batch })),
        values: asTheyAre,
        prepare: useWasm,
      },
      'tfjs cpu backend, the operations called directly': {
        run: () => onCpu(cpuInput),
        values: asTheyAre,
        prepare: () => tf.setBackend('cpu'),
      },
    },
  };
}

async function withBackend(name, make) {
  await tf.setBackend(name);
  const made = make();
  await tf.setBackend('wasm');
  return made;
}

function drawDigits(count) {
  const data = new Float32Array(count * 28 * 28);
  for (let index = 0; index < count; index++) {
    data.set(drawDigit(index % 10, { seed: index }).data, index * 28 * 28);
  }
  return data.map((byte) => byte / 255);
}
