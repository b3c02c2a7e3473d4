import { readFileSync } from 'node:fs';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { convertOnnxModel } from '../../../src/formats/onnx/convertOnnxModel';
import { decodeNumbers } from '../../../src/formats/onnx/file/elementTypes';
import { createActivationModel } from '../../../src/model/createActivationModel';
import { findKernels } from '../../../src/model/findKernels';
import { listLayers } from '../../../src/model/listLayers';
import { openOnnx } from './openOnnx';
import { node, type OnnxText, writeOnnx } from './writeOnnx';

beforeAll(() => useWasmBackend());

const add = (initializers: OnnxText['initializers']): OnnxText => ({
  nodes: [node('Add', ['x', 'w'], ['y'])],
  initializers: initializers ?? {},
  inputs: { x: { shape: ['n', 2] } },
  outputs: ['y'],
});

describe('the layers of an ONNX model', () => {
  let model: GraphModel;
  beforeAll(async () => {
    const file = readFileSync(new URL('../../fixtures/onnx/mobilenetv2.onnx', import.meta.url));
    model = await openOnnx(file);
  });
  afterAll(() => model.dispose());

  it('are the nodes of the file, with its names and its operators', () => {
    const layers = listLayers(model);
    const rowOf = (
      path: string,
      className: string,
      shape: (number | null)[],
      weights: number,
      sees: number,
    ) => ({
      path,
      // Names lose what all of them begin with.
      ...(path.startsWith('/') && { shortName: path.slice(1) }),
      className,
      outputShape: shape,
      parameters: weights,
      receptiveField: [sees, sees],
    });
    expect(layers.slice(0, 4)).toEqual([
      rowOf('image', 'Placeholder', [null, 32, 32, 3], 0, 1),
      rowOf('/f/f.0/f.0.0/Conv', 'Conv', [null, 16, 16, 8], 224, 3),
      rowOf('/f/f.0/f.0.2/Clip', 'Clip', [null, 16, 16, 8], 0, 3),
      rowOf('/f/f.1/e/e.0/Conv', 'Conv', [null, 16, 16, 24], 216, 3),
    ]);
    expect(layers.at(-1)).toEqual(rowOf('/c/c.1/Gemm', 'Gemm', [null, 10], 330, 32));
  });

  it('are by default the convolutions, with their activation functions', () => {
    const activationModel = createActivationModel(model);
    expect(activationModel.layers.map(({ name }) => name).slice(0, 4)).toEqual([
      '/f/f.0/f.0.2/Clip',
      '/f/f.1/e/e.2/Clip',
      '/f/f.1/d/d.2/Clip',
      '/f/f.1/p/p.0/Conv',
    ]);
    activationModel.dispose();
  });

  it('have kernels', () => {
    const kernels = findKernels(model);
    expect(kernels.get('/f/f.0/f.0.0/Conv')).toMatchObject({
      kind: 'plain',
      tensor: { shape: [3, 3, 3, 8] },
    });
    expect(kernels.get('/f/f.1/d/d.0/Conv')).toMatchObject({
      kind: 'depthwise',
      tensor: { shape: [3, 3, 24, 1] },
    });
    expect(kernels.size).toBe(11);
  });
});

it('has the kernel of a convolution in groups, and of a transposed one', async () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
  const grouped = await openOnnx(
    writeOnnx({
      nodes: [
        node('Conv', ['x', 'w'], ['y'], { group: 2 }, 'grouped'),
        node('ConvTranspose', ['y', 'v'], ['z'], {}, 'transposed'),
      ],
      initializers: {
        w: { shape: [4, 2, 1, 1], values: numbers(8) },
        v: { shape: [4, 3, 1, 2], values: numbers(24) },
      },
      inputs: { x: { shape: [1, 4, 5, 6] } },
      outputs: ['z'],
    }),
  );
  const kernels = findKernels(grouped);
  // Height, width, inputs of a group, outputs: the first input of all four kernels, then the second.
  const plain = kernels.get('grouped')!;
  expect(plain.kind).toBe('plain');
  expect(plain.tensor.shape).toEqual([1, 1, 2, 4]);
  expect(Array.from(plain.tensor.dataSync())).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
  const transposed = kernels.get('transposed')!;
  expect(transposed.kind).toBe('transposed');
  expect(transposed.tensor.shape).toEqual([1, 2, 3, 4]);
  expect(listLayers(grouped).map(({ path }) => path)).toEqual(['x', 'grouped', 'transposed']);
  grouped.dispose();
});

describe('the numbers of a file', () => {
  it.each([
    [
      'float16',
      new Uint16Array([0x3c00, 0xc000, 0x0001, 0x3555, 0x7c00]),
      [1, -2, 2 ** -24, 0.333251953125, Infinity],
    ],
    ['bfloat16', new Uint16Array([0x3f80, 0xc040, 0x7f80]), [1, -3, Infinity]],
    ['double', new Float64Array([0.5, -2.25]), [0.5, -2.25]],
    ['int8', new Int8Array([-128, 127]), [-128, 127]],
    ['uint8', new Uint8Array([0, 255]), [0, 255]],
    ['uint16', new Uint16Array([65535]), [65535]],
    ['int64', new BigInt64Array([-3n, 2n ** 63n - 1n]), [-3, 2 ** 31 - 1]],
    ['uint32', new Uint32Array([2 ** 32 - 1, 7]), [2 ** 31 - 1, 7]],
    ['bool', new Uint8Array([0, 1, 2]), [0, 1, 1]],
  ] as const)('become those of tfjs: %s', (type, numbers, wanted) => {
    // Anywhere in a file, not only where wide numbers may begin.
    const bytes = new Uint8Array(3 + numbers.byteLength);
    bytes.set(new Uint8Array(numbers.buffer), 3);
    expect(Array.from(decodeNumbers(type, bytes.subarray(3)))).toEqual(wanted);
  });

  it('are weights of float32 where the file has half the bytes', async () => {
    const model = await openOnnx(
      writeOnnx(add({ w: { shape: [2], values: [0x3c00, 0xc000], type: 'float16' } })),
    );
    expect(Array.from(model.weights.w![0]!.dataSync())).toEqual([1, -2]);
    model.dispose();
  });
});

describe('weights that lie in a file of their own', () => {
  const external = (location: string) =>
    writeOnnx(add({ w: { shape: [2], values: [], external: { location, offset: 4 } } }));
  const beside = new Uint8Array(Float32Array.of(9, 1.5, -2).buffer);

  it('are read from where they lie', () => {
    const asked: string[] = [];
    const artifacts = convertOnnxModel(external('./data/w.bin'), (name) => {
      asked.push(name);
      return beside;
    });
    expect(asked).toEqual(['data/w.bin']);
    expect(Array.from(new Float32Array(artifacts.weightData as ArrayBuffer))).toEqual([1.5, -2]);
  });

  it.each(['../w.bin', '/etc/passwd', 'a/../../w.bin', 'C:\\w.bin', '..\\w.bin', 'http://x/w.bin', ''])(
    'are not asked for elsewhere: %s',
    (location) => {
      const refuse = () => {
        throw new TypeError('it was asked for');
      };
      expect(() => convertOnnxModel(external(location), refuse)).toThrow('which is not beside the model');
    },
  );

  it('are missed if they are not there, or too few', () => {
    expect(() => convertOnnxModel(external('w.bin'))).toThrow(
      'the tensor "w": its values lie in the file "w.bin", which is missing; give it with the model',
    );
    expect(() => convertOnnxModel(external('w.bin'), () => beside.subarray(0, 8))).toThrow(
      'the tensor "w": the file "w.bin" has 8 bytes, where 12 are needed',
    );
  });
});

describe('a file that is refused', () => {
  it('has an operator that is not converted', () => {
    const file = { ...add({}), nodes: [node('Det', ['x'], ['y'], {}, 'det')] };
    expect(() => convertOnnxModel(writeOnnx(file))).toThrow(
      /^the node "det", a "Det": an operator that is not converted; there are Abs, Acos, .* and \d+ others, which docs\/onnx.md lists$/,
    );
  });

  it('has operators of somebody else', () => {
    const file = { ...add({}), nodes: [node('Conv', ['x'], ['y'], {}, 'own', 'com.example')] };
    expect(() => convertOnnxModel(writeOnnx(file))).toThrow(
      'an operator of "com.example" that is not converted',
    );
  });

  it('runs in a circle, or reads what nothing puts out', () => {
    const nodes = [node('Add', ['x', 'b'], ['a'], {}, 'first'), node('Add', ['x', 'a'], ['b'], {}, 'second')];
    expect(() => convertOnnxModel(writeOnnx({ ...add({}), nodes, outputs: ['b'] }))).toThrow(
      'the node "first" waits for what it puts out itself: the graph runs in a circle',
    );
    expect(() => convertOnnxModel(writeOnnx(add({})))).toThrow(
      'the node "Add_y" reads "w", which nothing in the file puts out',
    );
  });

  it.each([6, 22])('is written for the operators of another time: opset %i', (opset) => {
    expect(() => convertOnnxModel(writeOnnx({ ...add({}), opset }))).toThrow(
      `expected an opset of 7 to 21, got ${opset}`,
    );
  });

  it('has less in a tensor than it says', () => {
    expect(() => convertOnnxModel(writeOnnx(add({ w: { shape: [500_000_000], values: [1] } })))).toThrow(
      'the tensor "w": it has 4 bytes, where its shape [500000000] needs 2000000000',
    );
    expect(() => convertOnnxModel(writeOnnx(add({ w: { shape: [-2], values: [1, 2] } })))).toThrow(
      'the tensor "w": expected sizes of at least 0, got -2',
    );
  });
});

it('reads nodes in whatever order they stand', async () => {
  const file = add({ w: { shape: [2], values: [1, 2] } });
  const model = await openOnnx(
    writeOnnx({ ...file, nodes: [node('Relu', ['y'], ['z']), ...file.nodes], outputs: ['z'] }),
  );
  expect(listLayers(model).map(({ path }) => path)).toEqual(['x', 'Add_y', 'Relu_z']);
  model.dispose();
});

it('keeps the order of outputs that have numbers for names', async () => {
  const model = await openOnnx(
    writeOnnx({
      nodes: [node('Relu', ['x'], ['814'], {}, ''), node('Neg', ['x'], ['792'], {}, '')],
      inputs: { x: { shape: [2] } },
      outputs: ['814', '792'],
    }),
  );
  const x = tensor([1, -2]);
  const outputs = model.predict(x) as Tensor[];
  expect(outputs.map((output) => [...output.dataSync()])).toEqual([
    [1, 0],
    [-1, 2],
  ]);
  for (const each of [x, ...outputs]) each.dispose();
  model.dispose();
});
