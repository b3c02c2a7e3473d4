import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../../src/activations/computeActivations';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import type { ImageInput } from '../../../src/image/ImageInput';
import type { ImageOptions } from '../../../src/image/imageToTensor';
import { createActivationModel } from '../../../src/model/createActivationModel';
import { loadGraph, writeGraph } from './graphDef';

const WINDOW = { strides: [1, 1, 1, 1], padding: 'VALID', data_format: 'NHWC', dilations: [1, 1, 1, 1] };

beforeAll(() => useWasmBackend());

type Writer = ReturnType<typeof writeGraph>;

/** A graph that ends with a convolution of 1 × 1 with weights of 1. */
function buildGraph(shape: number[], type: string, before: (writer: Writer, at: string) => string) {
  const writer = writeGraph();
  const at = before(writer, writer.image('image', shape, type));
  const channels = shape[3]!;
  const kernel = writer.constant('kernel', [1, 1, channels, 1], Array(channels).fill(1));
  writer.node('conv', 'Conv2D', [at, kernel], WINDOW);
  return loadGraph(writer.graph);
}

const castTo = ({ node }: Writer, at: string) =>
  node('cast', 'Cast', [at], { SrcT: 'DT_INT32', DstT: 'DT_FLOAT' });

async function look(
  shape: number[],
  type: string,
  img: ImageInput,
  options?: ImageOptions,
): Promise<number[]> {
  const model = await buildGraph(shape, type, castTo);
  const activationModel = createActivationModel(model);
  const before = memory().numTensors;
  const [activation] = await computeActivations(activationModel, img, options);
  expect(memory().numTensors).toBe(before);
  return [...activation!.data];
}

describe('a graph that takes integers', () => {
  const bytes = { width: 4, height: 1, data: Uint8Array.of(0, 100, 200, 255) };

  it.each(['DT_INT32', 'DT_UINT8'])('gets bytes as they are: %s', async (type) => {
    expect(await look([-1, 1, 4, 1], type, bytes)).toEqual([0, 100, 200, 255]);
  });

  it('gets whole numbers where resizing or the conversion to grey leaves others', async () => {
    const constant = { width: 5, height: 3, data: Uint8Array.from({ length: 45 }, () => 100) };
    for (const resize of [true, 'antialias'] as const) {
      expect(await look([-1, 1, 4, 1], 'DT_INT32', constant, { resize })).toEqual([100, 100, 100, 100]);
    }
  });

  it('gets what the options say', async () => {
    expect(await look([-1, 1, 4, 1], 'DT_INT32', bytes, { preprocess: 'unit' })).toEqual([0, 0, 1, 1]);
  });
});

describe('a graph of floats', () => {
  const arithmetic =
    (op: string, values: number[], isFirst = false) =>
    ({ node, constant }: Writer, at: string) => {
      const operand = constant('operand', values.length > 1 ? [values.length] : [], values);
      return node('first', op, isFirst ? [operand, at] : [at, operand]);
    };

  it.each<[string, (writer: Writer, at: string) => string, string]>([
    ['begins with the convolution', (_, at) => at, 'unit'],
    ['multiplies by 1 / 255', arithmetic('Mul', [1 / 255]), 'none'],
    ['multiplies 1 / 255 by it', arithmetic('Mul', [1 / 255], true), 'none'],
    [
      'multiplies by 1 / 127.5 channel by channel',
      arithmetic('Mul', [1 / 127.5, 1 / 127.5, 1 / 127.5]),
      'none',
    ],
    ['multiplies by 2', arithmetic('Mul', [2]), 'unit'],
    ['divides by 255', arithmetic('RealDiv', [255]), 'none'],
    ['divides by 0.226', arithmetic('RealDiv', [0.226]), 'unit'],
    ['divides 255 by it', arithmetic('RealDiv', [255], true), 'unit'],
    ["subtracts ImageNet's mean of bytes", arithmetic('Sub', [123.68, 116.779, 103.939]), 'none'],
    ["subtracts ImageNet's mean of 0..1", arithmetic('Sub', [0.485, 0.456, 0.406]), 'unit'],
    ['adds -127.5', arithmetic('AddV2', [-127.5]), 'none'],
    ['turns bytes into their negative', arithmetic('Sub', [255], true), 'none'],
    [
      'multiplies behind what keeps the values',
      (writer, at) => {
        const { node, constant } = writer;
        const padded = node('pad', 'Pad', [
          node('same', 'Identity', [at]),
          constant('edges', [4, 2], Array(8).fill(0), 'int32'),
        ]);
        return arithmetic('Mul', [1 / 255])(writer, padded);
      },
      'none',
    ],
    [
      'multiplies behind an activation function',
      (writer, at) => arithmetic('Mul', [1 / 255])(writer, writer.node('relu', 'Relu', [at])),
      'unit',
    ],
  ])('is asked by its first step: %s', async (_, before, preprocess) => {
    const model = await buildGraph([-1, 1, 1, 3], 'DT_FLOAT', before);
    const activationModel = createActivationModel(model, ['conv']);
    expect(activationModel).toMatchObject({ preprocess, inputPreprocess: [preprocess] });
    model.dispose();
  });

  it('that divides by 255 gets white as 1', async () => {
    const model = await buildGraph([-1, 1, 1, 3], 'DT_FLOAT', arithmetic('RealDiv', [255]));
    const white = { width: 1, height: 1, data: Uint8Array.of(255, 255, 255) };
    const [activation] = await computeActivations(createActivationModel(model), white);
    expect([...activation!.data]).toEqual([3]);
    model.dispose();
  });
});
