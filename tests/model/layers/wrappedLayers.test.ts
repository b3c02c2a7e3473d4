import '@tensorflow/tfjs-backend-cpu';
import {
  concat,
  dispose,
  memory,
  reverse,
  setBackend,
  slice,
  squeeze,
  stack,
  type Tensor,
  tensor,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import {
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../../src/activations/computeActivations';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { createActivationModel } from '../../../src/model/createActivationModel';
import { listLayers } from '../../../src/model/listLayers';
import type { LayerSelector } from '../../../src/model/selection/selectLayers';
import { visualizeKernels } from '../../../src/visualizeKernels';
import { randomSource, relativeError } from '../../training/random';

type Layer = layers.Layer;
type Both = Layer & { readonly forwardLayer: Layer; readonly backwardLayer: Layer };

/** Two images of two rows and two columns over three steps of time. */
const VIDEO = [2, 3, 4, 4, 2] as const;

/** What `run` makes of each time step of the values, by itself. */
function overTime(values: Tensor, run: (step: Tensor) => Tensor): Tensor {
  const [batch, time, ...rest] = values.shape as number[];
  const steps = Array.from({ length: time! }, (_, index) => {
    const begin = [0, index, ...rest.map(() => 0)];
    return run(squeeze(slice(values, begin, [batch!, 1, ...rest]), [1]));
  });
  return stack(steps, 1);
}

/** Runs layers one by one, as `call` does it, which builds none anew. */
function chain(values: Tensor, ...some: Layer[]): Tensor {
  return some.reduce((value, layer) => [layer.call(value, {})].flat()[0]!, values);
}

/** Looks at all layers of a network, and compares some with what plain code makes of the same image on the cpu backend. */
async function compare(
  network: LayersModel,
  shape: readonly number[],
  expected: Readonly<Record<string, (values: Tensor) => Tensor>>,
  options = {},
) {
  const data = randomSource(11).floats(shape.reduce((one, two) => one * two, 1));
  const paths = Object.keys(expected);
  const before = memory().numTensors;
  const activationModel = createActivationModel(network, paths, options);
  const activations = await computeActivations(activationModel, { data, shape: [...shape] });
  expect(memory().numTensors).toBe(before);
  await setBackend('cpu');
  const right = paths.map((path) =>
    tidy(() => {
      const value = expected[path]!(tensor(data, [...shape]));
      return { shape: value.shape, data: value.dataSync() as Float32Array };
    }),
  );
  await setBackend('wasm');
  activations.forEach((activation, index) => {
    expect(activation.layerName).toBe(paths[index]);
    expect(activation.shape, paths[index]).toEqual(right[index]!.shape);
    expect(relativeError(activation.data, right[index]!.data), paths[index]).toBeLessThan(1e-5);
  });
  return activations;
}

describe('layers that another one runs', () => {
  beforeAll(() => useWasmBackend());

  it('over time: one layer, a model, and one that does so again', async () => {
    const conv = layers.conv2d({
      name: 'conv',
      filters: 3,
      kernelSize: 3,
      inputShape: [4, 4, 2],
      activation: 'relu',
    });
    const flat = layers.flatten({ name: 'flat' });
    const inner = sequential({ name: 'inner', layers: [conv, flat] });
    const pool = layers.maxPooling2d({ name: 'pool', poolSize: 2 });
    const dense = layers.dense({ name: 'dense', units: 2 });
    const again = layers.timeDistributed({ name: 'again', layer: dense });
    const start = input({ name: 'start', shape: VIDEO.slice(1) });
    const run = (name: string, layer: Layer, from: SymbolicTensor) =>
      layers.timeDistributed({ name, layer }).apply(from) as SymbolicTensor;
    const network = model({
      inputs: start,
      outputs: [run('model_td', inner, start), run('nested', again, run('pool_td', pool, start))],
    });
    const activations = await compare(network, VIDEO, {
      'model_td/inner/conv': (values) => overTime(values, (step) => chain(step, conv)),
      'model_td/inner/flat': (values) => overTime(values, (step) => chain(step, conv, flat)),
      'model_td/inner': (values) => overTime(values, (step) => chain(step, conv, flat)),
      model_td: (values) => overTime(values, (step) => chain(step, conv, flat)),
      'pool_td/pool': (values) => overTime(values, (step) => chain(step, pool)),
      'nested/again/dense': (values) =>
        overTime(values, (step) => overTime(chain(step, pool), (inStep) => chain(inStep, dense))),
      'nested/again': (values) => overTime(values, (step) => chain(step, pool, dense)),
    });
    expect(activations.map(({ className }) => className)).toEqual([
      'Conv2D',
      'Flatten',
      'Sequential',
      'TimeDistributed',
      'MaxPooling2D',
      'Dense',
      'TimeDistributed',
    ]);
    expect(
      listLayers(network).map(({ path, className, outputShape, parameters }) => [
        path,
        className,
        outputShape,
        parameters,
      ]),
    ).toEqual([
      ['start', 'InputLayer', [null, 3, 4, 4, 2], 0],
      ['pool_td', 'TimeDistributed', [null, 3, 2, 2, 2], 0],
      ['pool_td/pool', 'MaxPooling2D', [null, 3, 2, 2, 2], 0],
      ['model_td', 'TimeDistributed', [null, 3, 12], 57],
      ['model_td/inner', 'Sequential', [null, 3, 12], 57],
      ['model_td/inner/conv', 'Conv2D', [null, 3, 2, 2, 3], 57],
      ['model_td/inner/flat', 'Flatten', [null, 3, 12], 0],
      ['nested', 'TimeDistributed', [null, 3, 2, 2, 2], 6],
      ['nested/again', 'TimeDistributed', [null, 3, 2, 2, 2], 6],
      ['nested/again/dense', 'Dense', [null, 3, 2, 2, 2], 6],
    ]);
    const { shape, weights } = await visualizeKernels(network, 'model_td/inner/conv');
    expect(shape).toEqual([3, 3, 2, 3]);
    expect(weights).toEqual(conv.weights[0]!.read().dataSync());
    await expect(visualizeKernels(network, 'conv')).rejects.toThrow('the model has "model_td/inner/conv"');
  });

  it.each(['concat', 'sum', null] as const)('in both directions, merged by %s', async (mergeMode) => {
    const lstm = layers.lstm({
      name: 'lstm',
      units: 2,
      returnSequences: true,
      recurrentInitializer: 'glorotUniform',
    });
    const config = { name: 'bi', layer: lstm as never, mergeMode: mergeMode as 'sum', inputShape: [4, 3] };
    const both = layers.bidirectional(config) as unknown as Both;
    const start = input({ name: 'start', shape: [4, 3] });
    const network = model({ inputs: start, outputs: both.apply(start) as SymbolicTensor });
    // The backward layer puts its last step first: that is the first of the sequence.
    await compare(network, [2, 4, 3], {
      'bi/forward_lstm': (values) => chain(values, both.forwardLayer),
      'bi/backward_lstm': (values) => chain(values, both.backwardLayer),
    });
    expect(listLayers(network).slice(2)).toEqual([
      { path: 'bi/forward_lstm', className: 'LSTM', outputShape: [null, 4, 2], parameters: 48 },
      { path: 'bi/backward_lstm', className: 'LSTM', outputShape: [null, 4, 2], parameters: 48 },
    ]);
  });

  it('with a mask, as without being looked at', () => {
    const lstm = layers.lstm({
      name: 'lstm',
      units: 2,
      returnSequences: true,
      recurrentInitializer: 'glorotUniform',
    });
    const network = sequential({
      layers: [
        layers.masking({ name: 'masking', inputShape: [4, 2] }),
        layers.bidirectional({ name: 'bi', layer: lstm as never, mergeMode: 'concat' }),
        layers.timeDistributed({ name: 'td', layer: layers.dense({ name: 'dense', units: 1 }) }),
      ],
    });
    const image = tensor([1, 2, 0, 0, 3, 4, 0, 0], [1, 4, 2]);
    const before = memory().numTensors;
    const paths = ['bi', 'bi/forward_lstm', 'bi/backward_lstm', 'td', 'td/dense'];
    const [both, forward, backward, td, dense] = createActivationModel(network, paths).predict(image);
    const right = network.predict(image) as Tensor;
    const merged = tidy(() => concat([forward!, reverse(backward!, 1)], 2).dataSync());
    expect(both!.dataSync()).toEqual(merged);
    // The second step is masked: what came before is held.
    expect([...forward!.dataSync().slice(2, 4)]).toEqual([...forward!.dataSync().slice(0, 2)]);
    expect(td!.dataSync()).toEqual(right.dataSync());
    expect(dense!.dataSync()).toEqual(right.dataSync());
    dispose([both, forward, backward, td, dense, right] as Tensor[]);
    expect(memory().numTensors).toBe(before);
    image.dispose();
  });

  it('by their shape, and with a state each where they give it', () => {
    const lstm = layers.lstm({
      name: 'lstm',
      units: 2,
      returnState: true,
      recurrentInitializer: 'glorotUniform',
    });
    const both = layers.bidirectional({ name: 'bi', layer: lstm as never, mergeMode: 'sum' }) as Layer;
    const start = input({ name: 'start', shape: [4, 3] });
    const [end] = both.apply(start) as SymbolicTensor[];
    const td = layers.timeDistributed({ name: 'td', layer: layers.dense({ name: 'dense', units: 5 }) });
    const network = model({ inputs: start, outputs: [end!, td.apply(start) as SymbolicTensor] });
    const names = (selector: LayerSelector) =>
      createActivationModel(network, selector).layers.map(({ name }) => name);
    expect(names((layer) => layer.outputShape[2] === 5)).toEqual(['td', 'td/dense']);
    expect(names(['bi/backward_lstm'])).toEqual([
      'bi/backward_lstm',
      'bi/backward_lstm[1]',
      'bi/backward_lstm[2]',
    ]);
  });

  it('with what goes into their activation functions', async () => {
    const dense = layers.dense({ name: 'dense', units: 2, activation: 'relu' });
    const network = sequential({
      layers: [layers.timeDistributed({ name: 'td', inputShape: [2, 1], layer: dense })],
    });
    dense.setWeights([tensor([[1, -1]]), tensor([0, 0.5])]);
    const look = (preActivation: boolean) =>
      computeActivations(createActivationModel(network, ['td', 'td/dense'], { preActivation }), {
        data: Float32Array.of(-1, 2),
        shape: [1, 2, 1],
      });
    expect((await look(false)).map(({ data }) => [...data])).toEqual([
      [0, 1.5, 2, 0],
      [0, 1.5, 2, 0],
    ]);
    expect((await look(true)).map(({ data, preActivation }) => [preActivation, ...data])).toEqual([
      ['relu', -1, 1.5, 2, -1.5],
      ['relu', -1, 1.5, 2, -1.5],
    ]);
  });

  it('with channels first, which come last', async () => {
    const conv = layers.conv2d({
      name: 'conv',
      filters: 3,
      kernelSize: 3,
      inputShape: [2, 4, 4],
      dataFormat: 'channelsFirst',
    });
    const relu = layers.reLU({ name: 'relu' });
    const inner = sequential({ name: 'inner', layers: [conv, relu] });
    const network = sequential({
      layers: [layers.timeDistributed({ name: 'td', inputShape: [3, 2, 4, 4], layer: inner })],
    });
    const right =
      (...some: Layer[]) =>
      (values: Tensor) =>
        overTime(values, (step) => transpose(chain(transpose(step, [0, 3, 1, 2]), ...some), [0, 2, 3, 1]));
    await compare(network, VIDEO, {
      td: right(conv, relu),
      'td/inner': right(conv, relu),
      'td/inner/conv': right(conv),
      'td/inner/relu': right(conv, relu),
    });
    expect(listLayers(network).map(({ path, outputShape }) => [path, outputShape])).toEqual([
      ['td', [null, 3, 2, 2, 3]],
      ['td/inner', [null, 3, 2, 2, 3]],
      ['td/inner/conv', [null, 3, 2, 2, 3]],
      ['td/inner/relu', [null, 3, 2, 2, 3]],
    ]);
  });

  it('are run once, and as often as there are steps', () => {
    const dense = layers.dense({ name: 'dense', units: 1 });
    const network = sequential({
      layers: [layers.timeDistributed({ name: 'td', inputShape: [3, 1], layer: dense })],
    });
    let calls = 0;
    const call = dense.call.bind(dense);
    dense.call = (values, options) => {
      calls++;
      return call(values, options);
    };
    const image = tensor([1, 2, 3], [1, 3, 1]);
    for (const path of ['td', 'td/dense', /./]) {
      calls = 0;
      for (const output of createActivationModel(network, path).predict(image)) output.dispose();
      expect(calls, String(path)).toBe(3);
    }
    image.dispose();
  });

  it('have no known receptive field', () => {
    const network = sequential({
      layers: [
        layers.conv2d({ name: 'before', inputShape: [6, 5, 1], filters: 2, kernelSize: 3 }),
        layers.timeDistributed({
          name: 'td',
          layer: layers.conv1d({ name: 'row', filters: 2, kernelSize: 2 }),
        }),
      ],
    });
    expect(listLayers(network).map(({ path, receptiveField }) => [path, receptiveField])).toEqual([
      ['before', [3, 3]],
      ['td', undefined],
      ['td/row', undefined],
    ]);
  });

  it('leave nothing behind when one of them fails', () => {
    const dense = layers.dense({ name: 'dense', units: 1 });
    const network = sequential({
      layers: [layers.timeDistributed({ name: 'td', inputShape: [3, 1], layer: dense })],
    });
    const activationModel = createActivationModel(network, ['td/dense']);
    const call = dense.call.bind(dense);
    let calls = 0;
    dense.call = (values, options) => {
      if (++calls === 3) throw new Error('no third step');
      return call(values, options);
    };
    const image = tensor([1, 2, 3], [1, 3, 1]);
    const before = memory().numTensors;
    expect(() => activationModel.predict(image)).toThrow('no third step');
    expect(memory().numTensors).toBe(before);
    image.dispose();
  });
});
