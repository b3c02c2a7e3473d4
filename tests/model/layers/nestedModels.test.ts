import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, type Tensor, tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import {
  model as functional,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../../src/activations/computeActivations';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { createActivationModel } from '../../../src/model/createActivationModel';
import { randomSource, relativeError } from '../../training/random';

type Layer = layers.Layer;
type Source = ReturnType<typeof randomSource>;

/** A layer and the values that it takes: first come the inputs of the model, then what the operations put out. */
interface Operation {
  readonly layer: Layer;
  readonly from: readonly number[];
  /** How a model inside is made up. */
  readonly inner?: readonly Operation[];
}

const SHAPE = [8, 7, 3] as const;

/** A model of random layers, written down beside it as it is built; models inside it go two deep. */
function buildRandomModel(source: Source, shape: readonly number[], depth: number, inputCount = 1) {
  const { whole, pick } = source;
  const images = Array.from({ length: inputCount }, () => input({ shape: [...shape] }));
  const values: SymbolicTensor[] = [...images];
  const operations: Operation[] = [];
  const add = (layer: Layer, from: number[], inner?: readonly Operation[]) => {
    const inputs = from.map((index) => values[index]!);
    values.push(layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as SymbolicTensor);
    operations.push({ layer, from, ...(inner && { inner }) });
    return values.length - 1;
  };
  let top = inputCount > 1 ? add(pick([layers.concatenate, layers.average])(), [0, 1]) : 0;
  for (let length = whole(2, 5); length > 0; length--) {
    const [, height, width, channels] = values[top]!.shape as [null, number, number, number];
    const padding = pick(['same', 'valid'] as const);
    const kernelSize = Math.min(3, height, width);
    const strides = pick([1, 2]);
    switch (whole(0, depth > 0 ? 8 : 6)) {
      case 0:
        top = add(layers.conv2d({ filters: whole(1, 5), kernelSize, padding, strides, activation: 'relu' }), [
          top,
        ]);
        break;
      case 1: {
        const separable = { filters: 3, kernelSize, padding } as const;
        const layer = pick([
          () => layers.depthwiseConv2d({ kernelSize, padding, activation: 'tanh' }),
          () => layers.separableConv2d(separable),
          () => layers.conv2dTranspose(separable),
        ])();
        top = add(layer, [top]);
        break;
      }
      case 2:
        top = add(
          pick([layers.maxPooling2d, layers.averagePooling2d])({ poolSize: kernelSize, strides, padding }),
          [top],
        );
        break;
      case 3:
        top = add(layers.batchNormalization(), [top]);
        break;
      case 4: {
        // Used twice, one after the other.
        const shared = layers.conv2d({
          filters: channels,
          kernelSize,
          padding: 'same',
          activation: 'sigmoid',
        });
        top = add(shared, [add(shared, [top])]);
        break;
      }
      case 5: {
        const dilationRate = Math.min(height, width) > 5 ? 2 : 1;
        const branch = add(layers.conv2d({ filters: channels, kernelSize, padding: 'same', dilationRate }), [
          top,
        ]);
        top = add(layers.add(), [top, branch]);
        break;
      }
      case 6: {
        const one = add(layers.conv2d({ filters: 2, kernelSize: 1 }), [top]);
        top = add(layers.concatenate(), [one, top]);
        break;
      }
      default: {
        const inner = buildRandomModel(source, [height, width, channels], depth - 1);
        top = add(inner.model, [top], inner.operations);
      }
    }
  }
  return { model: functional({ inputs: images, outputs: values[top]! }), operations };
}

/** Runs layer by layer, each by itself, and notes what each puts out under the name of its path. */
function runOneByOne(
  operations: readonly Operation[],
  images: readonly Tensor[],
  prefix: string,
  outputs: Map<string, Tensor>,
): Tensor {
  const values = [...images];
  const uses = new Map<Layer, number>();
  for (const { layer, from, inner } of operations) {
    const use = uses.get(layer) ?? 0;
    uses.set(layer, use + 1);
    const path = `${prefix}${layer.name}${use > 0 ? `:${use}` : ''}`;
    const inputs = from.map((index) => values[index]!);
    const output = inner
      ? runOneByOne(inner, inputs, `${path}/`, outputs)
      : (layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as Tensor);
    outputs.set(path, output);
    values.push(output);
  }
  return values.at(-1)!;
}

function randomWeights(model: LayersModel, { floats }: Source): void {
  tidy(() => {
    model.setWeights(
      model.weights.map(({ name, shape }) => {
        const count = shape.reduce<number>((product, size) => product * size!, 1);
        // A variance is not below 0.
        const values = floats(count).map((value) => (/variance/.test(name) ? 1 + value / 2 : value / 2));
        return tensor(values, shape as number[]);
      }),
    );
  });
}

describe('a model inside a model', () => {
  beforeAll(() => useWasmBackend());
  afterAll(async () => {
    await setBackend('wasm');
  });

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'computes what its layers do one by one on the cpu backend, random model %i',
    async (seed) => {
      await setBackend('wasm');
      const source = randomSource(seed);
      const inputCount = seed % 3 === 2 ? 2 : 1;
      const { model, operations } = buildRandomModel(source, SHAPE, 2, inputCount);
      randomWeights(model, source);
      const images = Array.from({ length: inputCount }, () => {
        return { data: source.floats(2 * 8 * 7 * 3), shape: [2, ...SHAPE] };
      });

      await setBackend('cpu');
      const expected = new Map<string, { shape: number[]; data: Float32Array }>();
      tidy(() => {
        const outputs = new Map<string, Tensor>();
        runOneByOne(
          operations,
          images.map(({ data, shape }) => tensor4d(data, shape as [number, number, number, number])),
          '',
          outputs,
        );
        for (const [path, output] of outputs) {
          expected.set(path, { shape: output.shape, data: output.dataSync() as Float32Array });
        }
      });

      await setBackend('wasm');
      const before = memory().numTensors;
      const activationModel = createActivationModel(model, [...expected.keys()]);
      const activations = await computeActivations(activationModel, inputCount > 1 ? images : images[0]!);
      expect(memory().numTensors).toBe(before);
      for (const { layerName, shape, data } of activations) {
        const { shape: expectedShape, data: values } = expected.get(layerName)!;
        expect([layerName, shape]).toEqual([layerName, expectedShape]);
        expect(relativeError(data, values), layerName).toBeLessThan(1e-5);
      }
      expect(activations).toHaveLength(expected.size);
      activationModel.dispose();
      model.dispose();
    },
  );

  const conv = (name: string) => layers.conv2d({ name, filters: 2, kernelSize: 3, padding: 'same' });
  const backbone = () =>
    sequential({
      name: 'backbone',
      layers: [
        layers.conv2d({ name: 'conv1', inputShape: [6, 6, 1], filters: 2, kernelSize: 3 }),
        conv('conv2'),
      ],
    });

  it('is selected by a path, by the names of its layers, and as a whole', async () => {
    const image = input({ shape: [6, 6, 1] });
    const features = backbone().apply(image) as SymbolicTensor;
    const model = functional({ inputs: image, outputs: conv('conv_top').apply(features) as SymbolicTensor });
    const namesOf = (selector?: Parameters<typeof createActivationModel>[1]) =>
      createActivationModel(model, selector).layers.map(({ name }) => name);
    expect(namesOf()).toEqual(['backbone/conv1', 'backbone/conv2', 'conv_top']);
    expect(namesOf(['backbone/conv2', 'backbone'])).toEqual(['backbone/conv2', 'backbone']);
    expect(namesOf('backbone/')).toEqual(['backbone/conv1', 'backbone/conv2']);
    expect(namesOf(/^conv\d$/)).toEqual(['backbone/conv1', 'backbone/conv2']);
    expect(namesOf(/^backbone\/conv/)).toEqual(['backbone/conv1', 'backbone/conv2']);
    expect(namesOf((layer) => layer.getClassName() === 'Conv2D')).toHaveLength(3);
    expect(() => namesOf(['conv1'])).toThrow(
      /the model has .*"backbone" .*"backbone\/conv1" .*"backbone\/conv2" .*"conv_top"/,
    );
    model.dispose();
  });

  it('may be what a sequential model begins with', async () => {
    const model = sequential({ name: 'whole', layers: [backbone(), layers.flatten({ name: 'flat' })] });
    const activationModel = createActivationModel(model, ['backbone/conv1', 'flat']);
    const [conv1, flat] = await computeActivations(activationModel, {
      data: new Float32Array(36),
      shape: [6, 6],
    });
    expect([conv1!.shape, flat!.shape]).toEqual([
      [1, 4, 4, 2],
      [1, 32],
    ]);
    model.dispose();
  });

  it('names each use of a shared layer, and of the layers of a shared model', () => {
    const image = input({ shape: [6, 6, 2] });
    const shared = conv('conv');
    const block = sequential({
      name: 'block',
      layers: [layers.activation({ name: 'act', inputShape: [6, 6, 2], activation: 'relu' })],
    });
    let top = shared.apply(shared.apply(image) as SymbolicTensor) as SymbolicTensor;
    top = block.apply(block.apply(top) as SymbolicTensor) as SymbolicTensor;
    const model = functional({ inputs: image, outputs: top });
    const { layers: all } = createActivationModel(model, (layer) => layer.getClassName() !== 'InputLayer');
    expect(all.map(({ name }) => name)).toEqual([
      'conv',
      'conv:1',
      'block',
      'block/act',
      'block:1',
      'block:1/act',
    ]);
    model.dispose();
  });
});
