import { memory, type Tensor, tensor, tensor4d } from '@tensorflow/tfjs-core';
import {
  model as functional,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../../src/activations/computeActivations';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import type { ImageInput, NetworkInput } from '../../../src/image/ImageInput';
import type { ImageOptions } from '../../../src/image/imageToTensor';
import { createActivationModel } from '../../../src/model/createActivationModel';

type Layer = layers.Layer;

beforeAll(() => useWasmBackend());

/** A convolution of 1 × 1 that puts out the sum of its channels. */
function sum(): Layer {
  return layers.conv2d({
    name: 'conv',
    filters: 1,
    kernelSize: 1,
    useBias: false,
    kernelInitializer: 'ones',
  });
}

function chain(size: [number, number, number], ...before: Layer[]): LayersModel {
  const given = input({ shape: size });
  const outputs = [...before, sum()].reduce((at, layer) => layer.apply(at) as SymbolicTensor, given);
  return functional({ inputs: given, outputs });
}

/** What the convolution puts out; no tensor may be left. */
async function look(model: LayersModel, img: NetworkInput, options?: ImageOptions): Promise<number[]> {
  const activationModel = createActivationModel(model, 'conv');
  const before = memory().numTensors;
  const activations = await computeActivations(activationModel, img, options);
  expect(memory().numTensors).toBe(before);
  return [...activations.at(-1)!.data];
}

const rescale = (scale: number, offset?: number) =>
  layers.rescaling({ scale, ...(offset !== undefined && { offset }) });
const wantedBy = (model: LayersModel) => createActivationModel(model, 'conv').preprocess;

describe('a network that rescales by itself', () => {
  const white = { width: 1, height: 1, data: Uint8Array.of(255, 255, 255) };

  it('gets bytes', async () => {
    const model = chain([1, 1, 3], rescale(1 / 255));
    const [value] = await look(model, white);
    expect(value).toBeCloseTo(3, 5);
    const [tensorValue] = await look(model, tensor4d([255, 255, 255], [1, 1, 1, 3], 'int32') as ImageInput);
    expect(tensorValue).toBeCloseTo(3, 5);
  });

  it('gets what the options say, and floats as they are', async () => {
    const model = chain([1, 1, 3], rescale(0.5));
    expect(await look(model, white, { preprocess: 'unit' })).toEqual([1.5]);
    expect(await look(model, white, { preprocess: { scale: 2 } })).toEqual([765]);
    expect(await look(model, [[[1, 2, 4]]])).toEqual([3.5]);
  });

  it.each<[string, () => LayersModel, string]>([
    ['nothing', () => chain([4, 4, 1]), 'unit'],
    ['a batch normalization', () => chain([4, 4, 1], layers.batchNormalization()), 'unit'],
    ['a rescaling to -1..1', () => chain([4, 4, 1], rescale(1 / 127.5, -1)), 'none'],
    ['a rescaling of 0..1', () => chain([4, 4, 1], rescale(2, -1)), 'unit'],
    [
      'a rescaling of 0..1 to bytes, and back',
      () => chain([4, 4, 1], rescale(255), rescale(1 / 255)),
      'unit',
    ],
    [
      'a rescaling behind padding and dropout',
      () => chain([4, 4, 1], layers.zeroPadding2d(), layers.dropout({ rate: 0.1 }), rescale(1 / 255)),
      'none',
    ],
    [
      'a rescaling behind a crop',
      () => chain([4, 4, 1], layers.centerCrop({ height: 2, width: 2 }), rescale(1 / 255)),
      'none',
    ],
    [
      'a rescaling behind a convolution',
      () => chain([4, 4, 1], layers.conv2d({ name: 'first', filters: 1, kernelSize: 1 }), rescale(1 / 255)),
      'unit',
    ],
    [
      'a model with a rescaling inside',
      () => chain([4, 4, 1], chain([4, 4, 1], rescale(1 / 255)), rescale(1 / 255)),
      'none',
    ],
    [
      'a sequential model',
      () => sequential({ layers: [layers.rescaling({ scale: 1 / 255, inputShape: [4, 4, 1] }), sum()] }),
      'none',
    ],
    [
      'two branches',
      () => {
        const given = input({ shape: [4, 4, 1] });
        const branches = [rescale(1 / 255), layers.activation({ activation: 'relu' })].map((layer) =>
          layer.apply(given),
        );
        const outputs = sum().apply(layers.add().apply(branches as SymbolicTensor[])) as SymbolicTensor;
        return functional({ inputs: given, outputs });
      },
      'none',
    ],
    [
      'integers',
      () => {
        const given = input({ shape: [4, 4, 1], dtype: 'int32' });
        return functional({ inputs: given, outputs: sum().apply(given) as SymbolicTensor });
      },
      'none',
    ],
  ])('is recognised by its first step: %s', (_, build, preprocess) => {
    expect(wantedBy(build())).toBe(preprocess);
  });

  it('is asked input by input', async () => {
    const [bytes, unit] = [
      input({ shape: [1, 1, 1], name: 'bytes' }),
      input({ shape: [1, 1, 1], name: 'unit' }),
    ];
    const rescaled = rescale(0.5).apply(bytes) as SymbolicTensor;
    const outputs = sum().apply(layers.concatenate().apply([rescaled, unit])) as SymbolicTensor;
    const model = functional({ inputs: [bytes, unit], outputs });
    expect(createActivationModel(model, 'conv').inputPreprocess).toEqual(['none', 'unit']);
    const grey = { width: 1, height: 1, data: Uint8Array.of(255) };
    expect(await look(model, { bytes: grey, unit: grey })).toEqual([128.5]);
    expect(await look(model, [grey, grey], { preprocess: 'none' })).toEqual([382.5]);
  });
});

describe('a network that begins with a crop', () => {
  const counted = { data: Float32Array.from({ length: 16 }, (_, at) => at), shape: [4, 4] };
  const crop = () => layers.centerCrop({ height: 2, width: 2 });

  it.each<[string, () => LayersModel]>([
    ['by itself', () => chain([4, 4, 1], crop())],
    ['behind a layer that keeps the shape', () => chain([4, 4, 1], rescale(1), crop())],
    ['in a model inside', () => chain([4, 4, 1], chain([4, 4, 1], crop()))],
    [
      'in a sequential model',
      () =>
        sequential({ layers: [layers.centerCrop({ height: 2, width: 2, inputShape: [4, 4, 1] }), sum()] }),
    ],
  ])('sees the middle of the image, %s', async (_, build) => {
    const model = build();
    expect(createActivationModel(model, 'conv').inputShape).toEqual([null, null, null, 1]);
    for (const resize of [false, true, 'antialias'] as const) {
      expect(await look(model, counted, { resize })).toEqual([5, 6, 9, 10]);
    }
  });

  it('sees the middle of an image of any size', async () => {
    const model = chain([4, 4, 1], crop());
    const img = { data: Float32Array.from({ length: 48 }, (_, at) => at), shape: [6, 8] };
    expect(await look(model, img, { resize: true })).toEqual([19, 20, 27, 28]);
  });

  it('keeps its size where the crop comes behind something that changes it', () => {
    const model = chain([4, 4, 1], layers.zeroPadding2d({ padding: 1 }), crop());
    expect(createActivationModel(model, 'conv').inputShape).toEqual([null, 4, 4, 1]);
  });
});

it('has nothing to do with numbers that are no image', async () => {
  const given = input({ shape: [2], dtype: 'int32' });
  const outputs = layers
    .embedding({ name: 'conv', inputDim: 3, outputDim: 1, embeddingsInitializer: 'ones' })
    .apply(given);
  const model = functional({ inputs: given, outputs: outputs as SymbolicTensor });
  const classes: Tensor = tensor([[1, 2]], [1, 2], 'int32');
  expect(await look(model, classes as ImageInput, { preprocess: 'tf' })).toEqual([1, 1]);
  classes.dispose();
});
