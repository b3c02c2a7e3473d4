import {
  conv2d,
  engine,
  gather,
  getBackend,
  grads,
  maxPool,
  memory,
  mul,
  type NamedAttrMap,
  relu,
  scalar,
  setBackend,
  square,
  sum,
  type Tensor,
  tanh,
  tensor,
  tidy,
  train,
  valueAndGrads,
  variable,
} from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it, vi } from 'vitest';
import { drawDigit } from '../../src/data/drawDigit';
import { buildArticleCnn } from '../../src/model/article/buildArticleCnn';
import { registerTrainingKernels, trainingPath } from '../../src/training/registerTrainingKernels';
import { runScript } from '../runScript';
import { randomSource, relativeError } from './random';
import { moveTo, type Place } from './runOn';

/** Drawn digits, 32 for each of a hundred steps. */
const pixels = Float32Array.from(
  Array.from({ length: 3200 }, (_, at) => [...drawDigit(at % 10, { seed: at }).data]).flat(),
  (byte) => byte / 255,
);

function digits(count: number) {
  return {
    x: tensor(pixels.subarray(0, count * 784), [count, 28, 28, 1]),
    y: tensor(Float32Array.from({ length: count }, (_, at) => at % 10)),
  };
}

/** Trains batch by batch in the given order and returns the loss of each. */
async function lossesOn(place: Place, build: () => LayersModel, steps: number): Promise<number[]> {
  await moveTo(place);
  const model = build();
  const { x, y } = digits(32 * steps);
  const losses: number[] = [];
  await model.fit(x, y, {
    batchSize: 32,
    epochs: 1,
    shuffle: false,
    verbose: 0,
    yieldEvery: 'never',
    callbacks: { onBatchEnd: async (_batch, logs) => void losses.push(logs!.loss!) },
  });
  model.dispose();
  x.dispose();
  y.dispose();
  return losses;
}

function compile(model: LayersModel): LayersModel {
  model.compile({
    optimizer: train.adam(0.001),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return model;
}

describe('registerTrainingKernels', () => {
  it('says nothing, when repeated neither, and which path is taken', async () => {
    await moveTo('binary');
    const spies = (['log', 'warn', 'info', 'error'] as const).map((name) => vi.spyOn(console, name));
    expect(await registerTrainingKernels()).toBe('binary');
    expect(await registerTrainingKernels()).toBe('binary');
    expect(trainingPath()).toBe('binary');
    expect(await registerTrainingKernels({ binary: false })).toBe('fallback');
    expect(trainingPath()).toBe('fallback');
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it('refuses what is no option', async () => {
    await expect(registerTrainingKernels({ binary: 1 as never })).rejects.toThrow(
      'binary: expected true or false, got 1',
    );
  });

  it('takes the other path where the memory cannot be reached', async () => {
    await moveTo('binary');
    const { wasm } = engine().backend as unknown as { wasm: { asm?: object } };
    const { asm } = wasm;
    delete wasm.asm;
    await setBackend('cpu');
    await setBackend('wasm');
    const other = Object.create(engine().backend) as object;
    const { binaryFor } = await import('../../src/training/trainingBinary');
    expect(binaryFor(other as never)).toBeUndefined();
    wasm.asm = asm!;
  });

  it('leaves other backends as they were', async () => {
    await moveTo('cpu');
    const [dx] = grads((x) => sum(relu(x!)))([tensor([-1, 0, 2])]);
    expect([...dx!.dataSync()]).toEqual([0, 0, 1]);
    expect(getBackend()).toBe('cpu');
    expect(trainingPath()).toBe('fallback');
  });

  it.each<Place>(['binary', 'fallback'])('has gradients of gradients of ReLU: %s', async (place) => {
    await moveTo(place);
    const inner = (x: Tensor) => grads((value) => sum(square(relu(value!))))([x])[0]!;
    const [second] = grads((x) => sum(mul(inner(x!), tensor([1, 10, 100]))))([tensor([-1, 2, 3])]);
    expect([...second!.dataSync()]).toEqual([0, 20, 200]);
  });

  it.each<Place>(['binary', 'fallback'])('has the gradient of a gather: %s', async (place) => {
    await moveTo(place);
    const rows = tensor([2, 0, 2], [3], 'int32');
    const weights = tensor([1, 2, 3, 4, 5, 6], [3, 2]);
    const [dx] = grads((x) => sum(mul(gather(x!, rows), weights)))([tensor([0, 0, 0, 0, 0, 0], [3, 2])]);
    expect([...dx!.dataSync()]).toEqual([3, 4, 0, 0, 6, 8]);
  });

  it.each<Place>(['binary', 'fallback'])(
    'follows windows beyond the padding, sizes rounded up: %s',
    async (place) => {
      const { floats } = randomSource(3);
      const [image, filter, depth] = [floats(2 * 6 * 6 * 3), floats(27 * 5), floats(27)];
      const gradients = () =>
        tidy(() => {
          const [x, w, d] = [
            tensor(image, [2, 6, 6, 3]),
            tensor(filter, [3, 3, 3, 5]),
            tensor(depth, [3, 3, 3, 1]),
          ];
          // The kernels by themselves: the backend rounds down when it computes forwards, whatever it is told.
          const run = (name: string, inputs: Record<string, Tensor>, more: object) =>
            (
              engine().runKernel(name, inputs, {
                strides: 2,
                pad: 1,
                dataFormat: 'NHWC',
                dimRoundingMode: 'ceil',
                dilations: 1,
                ...more,
              } as unknown as NamedAttrMap) as Tensor
            ).dataSync() as Float32Array;
          const [dy, dyDepth] = [
            tensor(image.slice(0, 160), [2, 4, 4, 5]),
            tensor(image.slice(0, 2 * 4 * 4 * 3), [2, 4, 4, 3]),
          ];
          return [
            run('Conv2DBackpropFilter', { x, dy }, { filterShape: w.shape }),
            run('Conv2DBackpropInput', { dy, filter: w }, { inputShape: x.shape }),
            run('DepthwiseConv2dNativeBackpropFilter', { x, dy: dyDepth }, { filterShape: d.shape }),
            run('DepthwiseConv2dNativeBackpropInput', { dy: dyDepth, filter: d }, { inputShape: x.shape }),
          ];
        });
      await moveTo('cpu');
      const expected = gradients();
      await moveTo(place);
      for (const [at, gradient] of gradients().entries()) {
        expect(relativeError(gradient, expected[at]!), String(at)).toBeLessThan(2e-6);
      }
    },
  );

  it('leaves to the stock Adam what does not belong together', async () => {
    const run = async (place: Place) => {
      await moveTo(place);
      const x = variable(tensor([1, 2, 3, 4, 5]));
      const adam = train.adam(0.1);
      adam.applyGradients([{ name: x.name, tensor: tensor([1, 1, 1, 1, 1]) }]);
      adam.applyGradients([{ name: x.name, tensor: scalar(1) }]);
      return [...x.dataSync()];
    };
    expect(relativeError(await run('binary'), await run('cpu'))).toBeLessThan(1e-6);
  });

  it.each<Place>(['binary', 'fallback'])('has gradients of no images: %s', async (place) => {
    await moveTo(place);
    const [x, w] = [tensor([], [0, 5, 5, 2]), tensor(new Float32Array(54), [3, 3, 2, 3])];
    const [, dw] = grads((image, filter) => sum(conv2d(image as never, filter as never, 1, 'same')))([x, w]);
    expect([...dw!.dataSync()]).toEqual(new Array(54).fill(0));
    expect([...sum(tensor([], [0, 4]), 0).dataSync()]).toEqual([0, 0, 0, 0]);
  });

  it.each<Place>(['binary', 'fallback'])('agrees with finite differences: %s', async (place) => {
    const { floats } = randomSource(5);
    const shapes = { x: [2, 7, 6, 3], first: [3, 2, 3, 5], second: [2, 2, 5, 4] };
    const values = Object.values(shapes).map((shape) =>
      floats(shape.reduce((product, length) => product * length)),
    );
    const loss = (x: Tensor, first: Tensor, second: Tensor) => {
      const hidden = maxPool(tanh(conv2d(x as never, first as never, [2, 1], 'same')), 2, 1, 'valid');
      return sum(square(tanh(conv2d(hidden as never, second as never, 1, 'valid'))));
    };
    const tensorsOf = (all: readonly Float32Array[]) =>
      Object.values(shapes).map((shape, at) => tensor(all[at]!, shape));
    await moveTo(place);
    const gradients = tidy(() =>
      valueAndGrads((x, first, second) => loss(x!, first!, second!) as never)(tensorsOf(values)).grads.map(
        (gradient) => gradient.dataSync() as Float32Array,
      ),
    );
    // Differences of values of about 10 in float32 on the cpu backend: a step of 2⁻¹⁰ balances both errors.
    await moveTo('cpu');
    const step = 2 ** -10;
    for (const [at, gradient] of gradients.entries()) {
      const differences = Array.from({ length: Math.min(20, gradient.length) }, (_, place) => {
        const lossAt = (change: number) => {
          const changed = values.map((array) => array.slice());
          changed[at]![place]! += change;
          return tidy(() => {
            const [x, first, second] = tensorsOf(changed);
            return loss(x!, first!, second!).dataSync()[0]!;
          });
        };
        return (lossAt(step) - lossAt(-step)) / (2 * step);
      });
      expect(relativeError(gradient.subarray(0, differences.length), differences)).toBeLessThan(1e-2);
    }
  });

  it('has the same loss curve on both paths, and on cpu', async () => {
    const build = () => compile(buildArticleCnn({ seed: 5 }));
    const binary = await lossesOn('binary', build, 100);
    const fallback = await lossesOn('fallback', build, 100);
    const cpu = await lossesOn('cpu', build, 1);
    expect(binary).toHaveLength(100);
    expect(Math.max(...binary.map((loss, at) => Math.abs(loss - fallback[at]!)))).toBeLessThan(1e-4);
    expect(Math.max(...cpu.map((loss, at) => Math.abs(loss - binary[at]!)))).toBeLessThan(1e-4);
    expect(binary.at(-1)!).toBeLessThan(binary[0]! / 2);
  });

  it("trains another network than the article's as cpu does", async () => {
    const build = () => {
      const seeded = (seed: number) => ({ className: 'GlorotUniform', config: { seed } }) as never;
      return compile(
        sequential({
          layers: [
            layers.conv2d({
              inputShape: [28, 28, 1],
              filters: 7,
              kernelSize: 3,
              strides: 2,
              padding: 'same',
              activation: 'tanh',
              kernelInitializer: seeded(1),
            }),
            layers.batchNormalization({}),
            layers.depthwiseConv2d({
              kernelSize: 3,
              padding: 'same',
              activation: 'tanh',
              depthwiseInitializer: seeded(2),
            }),
            layers.maxPooling2d({ poolSize: 2 }),
            layers.conv2d({
              filters: 5,
              kernelSize: [2, 3],
              activation: 'elu',
              kernelInitializer: seeded(3),
            }),
            layers.averagePooling2d({ poolSize: 2 }),
            layers.flatten(),
            layers.dense({ units: 10, activation: 'softmax', kernelInitializer: seeded(4) }),
          ],
        }),
      );
    };
    const cpu = await lossesOn('cpu', build, 12);
    for (const place of ['binary', 'fallback'] as const) {
      const losses = await lossesOn(place, build, 12);
      expect(Math.max(...losses.map((loss, at) => Math.abs(loss - cpu[at]!))), place).toBeLessThan(1e-4);
    }
  });

  it('keeps the state of Adam that tfjs keeps', async () => {
    await moveTo('binary');
    const x = variable(tensor([1, -2, 3, 4, 5]));
    const optimizer = train.adam(0.1);
    for (let step = 0; step < 3; step++) optimizer.minimize(() => sum(square(x)) as never);
    const fused = [...x.dataSync()];
    const weights = await optimizer.getWeights();
    expect(weights.map(({ name }) => name.replace(/^\d+/, ''))).toEqual(['iter', '/m', '/v']);
    await moveTo('fallback');
    const y = variable(tensor([1, -2, 3, 4, 5]));
    const stock = train.adam(0.1);
    for (let step = 0; step < 3; step++) stock.minimize(() => sum(square(y)) as never, false, [y]);
    expect(relativeError(fused, [...y.dataSync()])).toBeLessThan(1e-6);
    // One step on the other path goes on from where the first left off.
    optimizer.minimize(() => sum(square(x)) as never, false, [x]);
    stock.minimize(() => sum(square(y)) as never, false, [y]);
    expect(relativeError([...x.dataSync()], [...y.dataSync()])).toBeLessThan(1e-6);
    for (const kept of [x, y]) kept.dispose();
    for (const kept of [optimizer, stock]) kept.dispose();
  });

  it('may be called first of all, and by `require`', () => {
    const { stdout, stderr } = runScript(`
      import { createRequire } from 'node:module';
      const require = createRequire(process.cwd() + '/');
      const { registerTrainingKernels } = require('layerscope/training');
      console.log(await registerTrainingKernels(), require('@tensorflow/tfjs-core').getBackend());`);
    expect({ stdout, stderr }).toEqual({ stdout: 'binary wasm\n', stderr: '' });
  });

  it('leaves the memory of the process flat in 600 steps', () => {
    // In a process of its own, where nothing else takes memory.
    const { stdout } = runScript(`
      import { tensor } from '@tensorflow/tfjs-core';
      import { buildArticleCnn, useWasmBackend } from 'layerscope';
      import { drawDigits } from 'layerscope/data';
      import { registerTrainingKernels } from 'layerscope/training';
      await useWasmBackend();
      await registerTrainingKernels();
      const model = buildArticleCnn({ seed: 1 });
      model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
      const { images, labels } = drawDigits(32);
      const [x, y] = [tensor(Float32Array.from(images, (byte) => byte / 255), [32, 28, 28, 1]), tensor(Float32Array.from(labels))];
      const run = async (steps) => {
        for (let step = 0; step < steps; step++) await model.trainOnBatch(x, y);
        return process.memoryUsage().rss / 2 ** 20;
      };
      await run(200);
      console.log(JSON.stringify([await run(1), await run(600)]));`);
    const [before, after] = JSON.parse(stdout) as [number, number];
    expect(after - before).toBeLessThan(30);
  });

  it('leaves tensors and heap flat in 600 steps', async () => {
    await moveTo('binary');
    const model = compile(buildArticleCnn({ seed: 1 }));
    const { x, y } = digits(32);
    const heap = () => (engine().backend as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
    const step = async () => void (await model.trainOnBatch(x, y));
    for (let warm = 0; warm < 20; warm++) await step();
    const [before, heapBefore] = [memory(), heap()];
    for (let count = 0; count < 600; count++) await step();
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
    expect(heap()).toBe(heapBefore);
    model.dispose();
    x.dispose();
    y.dispose();
  });

  it('is right above 2 GiB of heap', async () => {
    await moveTo('binary');
    const backend = engine().backend as unknown as {
      makeOutput(shape: number[], dtype: string): { dataId: object };
      disposeData(dataId: object): boolean;
      dataIdMap: { get(dataId: object): { memoryOffset: number } };
    };
    const isHigh = ({ dataId }: { dataId: object }) => backend.dataIdMap.get(dataId).memoryOffset > 2 ** 31;
    // Memory that is taken but never written, so that it costs nothing; smaller and smaller, to fill the gaps below.
    const fillers: { dataId: object }[] = [];
    for (const size of [2 ** 26, 2 ** 20, 2 ** 15, 2 ** 9]) {
      do fillers.push(backend.makeOutput([size], 'float32'));
      while (!isHigh(fillers.at(-1)!));
    }
    const { floats } = randomSource(9);
    const x = tensor(floats(2 * 9 * 9 * 4), [2, 9, 9, 4]);
    const dy = tensor(floats(2 * 7 * 7 * 5), [2, 7, 7, 5]);
    expect(isHigh(x)).toBe(true);
    const attributes = {
      strides: 1,
      pad: 'valid',
      dataFormat: 'NHWC',
      filterShape: [3, 3, 4, 5],
    } as unknown as NamedAttrMap;
    const high = (engine().runKernel('Conv2DBackpropFilter', { x, dy }, attributes) as Tensor).dataSync();
    const values = [x.dataSync(), dy.dataSync()];
    for (const { dataId } of fillers) backend.disposeData(dataId);
    x.dispose();
    dy.dispose();
    await moveTo('cpu');
    const low = [tensor(values[0]!, [2, 9, 9, 4]), tensor(values[1]!, [2, 7, 7, 5])] as const;
    const expected = engine().runKernel(
      'Conv2DBackpropFilter',
      { x: low[0], dy: low[1] },
      attributes,
    ) as Tensor;
    expect(relativeError(high, expected.dataSync())).toBeLessThan(2e-6);
  });
});
