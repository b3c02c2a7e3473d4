import { memory, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { model as functional, input, layers, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../src/activations/computeActivations';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { locateError } from '../../src/common/locateError';
import { createActivationModel } from '../../src/model/createActivationModel';
import { loadGraph, writeGraph } from './graph/graphDef';

beforeAll(() => useWasmBackend());

const img = (size: number) => ({ data: new Float32Array(size * size), shape: [size, size, 1] as const });

/** What is thrown, and how many tensors are left of the attempt. */
async function attempt(compute: () => Promise<unknown>) {
  const before = memory().numTensors;
  const error = await compute().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error: error as Error, left: memory().numTensors - before };
}

describe('an error of a layer', () => {
  const convolution = (name: string) => layers.conv2d({ name, filters: 1, kernelSize: 3 });

  it('says which layer, where an image is too small for the second', async () => {
    const model = sequential({
      layers: [
        layers.conv2d({ name: 'conv1', filters: 1, kernelSize: 3, inputShape: [null, null, 1] }),
        convolution('conv2'),
      ],
    });
    const { error, left } = await attempt(() => computeActivations(createActivationModel(model), img(3)));
    expect(error).toBeInstanceOf(RangeError);
    const original =
      'FusedConv2D: expected an image of at least [3, 3], which is the size of the window, got [1, 1]';
    expect(error.message).toBe(`layer "conv2": ${original}`);
    expect(error.cause).toEqual(new RangeError(original));
    expect(left).toBe(0);
    model.dispose();
  });

  it('gives the path of a layer in a model inside the model', async () => {
    const x = input({ shape: [null, null, 1] });
    const inner = sequential({ name: 'backbone' });
    inner.add(layers.conv2d({ name: 'conv', filters: 1, kernelSize: 3, inputShape: [null, null, 1] }));
    const model = functional({ inputs: x, outputs: inner.apply(x) as SymbolicTensor });
    const { error } = await attempt(() =>
      computeActivations(
        createActivationModel(model, () => true),
        img(2),
      ),
    );
    expect(error.message).toMatch(/^layer "backbone\/conv": FusedConv2D: expected an image/);
    model.dispose();
  });
});

describe('an error of a layer says what to do', () => {
  /** A layer that puts out 1024 × 1024 × 4 values, and fails. */
  class Failing extends layers.Layer {
    static readonly className = 'Failing';
    private readonly error: Error;

    constructor(error: Error) {
      super({ name: 'failing' });
      this.error = error;
    }

    override computeOutputShape(): (number | null)[] {
      return [1, 1024, 1024, 4];
    }

    override call(): Tensor {
      throw this.error;
    }
  }

  const fail = async (error: Error) => {
    const x = input({ shape: [2, 2, 1] });
    const model = functional({ inputs: x, outputs: new Failing(error).apply(x) as SymbolicTensor });
    const run = () => computeActivations(createActivationModel(model, ['failing']), img(2));
    return (await attempt(run)).error;
  };

  const SIZE = 'layer "failing": it puts out [1, 1024, 1024, 4], 17 MB; ';
  const ADVICE = 'give a smaller image, look into fewer layers, or give fewer images at once';

  it.each([
    [
      new RangeError(
        'the memory of the WASM backend is full: it has no 9 bytes left; give a smaller image, or so',
      ),
      `the memory of the WASM backend is full: it has no 9 bytes left; ${ADVICE}`,
    ],
    [new RangeError('Array buffer allocation failed'), `Array buffer allocation failed; ${ADVICE}`],
    [
      new WebAssembly.RuntimeError('Aborted(). Build with -sASSERTIONS for more info.'),
      'the WASM backend gave up, most often since its memory is full ' +
        `(Aborted(). Build with -sASSERTIONS for more info.); what it has is as before, and it can be used; ${ADVICE}`,
    ],
    ...['memory access out of bounds', 'unreachable'].map((trap): [Error, string] => [
      new WebAssembly.RuntimeError(trap),
      `the WASM backend failed (${trap}), and may have written over other tensors: do not rely on it any more, ` +
        `load the page or start the process again; then ${ADVICE}`,
    ]),
  ])('where memory is short: %s', async (error, words) => {
    const located = await fail(error);
    expect(located.message).toBe(SIZE + words);
    expect(located).toBeInstanceOf(error.constructor);
    expect(located.cause).toBe(error);
    expect(located.message.length).toBeLessThan(400);
  });

  it('leaves the size out of what has nothing to do with memory', async () => {
    expect((await fail(new Error('no'))).message).toBe('layer "failing": no');
  });

  it('where a layer is larger than the memory of the backend, after which that works', async () => {
    const model = sequential({
      layers: [layers.upSampling2d({ name: 'large', size: [20_000, 20_000], inputShape: [2, 2, 1] })],
    });
    const run = () => computeActivations(createActivationModel(model, ['large']), img(2));
    const { error, left } = await attempt(run);
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toMatch(/^layer "large": it puts out \[1, 40000, 40000, 1\], 6400 MB; the memory/);
    expect(error.message).toMatch(new RegExp(`left; ${ADVICE}$`));
    expect(left).toBe(0);
    const small = sequential({ layers: [layers.upSampling2d({ name: 'small', inputShape: [2, 2, 1] })] });
    const [activation] = await computeActivations(createActivationModel(small, ['small']), {
      data: Float32Array.of(0.5, 1, 0, 0.25),
      shape: [2, 2, 1],
    });
    expect([...activation!.data]).toEqual([
      0.5, 0.5, 1, 1, 0.5, 0.5, 1, 1, 0, 0, 0.25, 0.25, 0, 0, 0.25, 0.25,
    ]);
  });

  it.each([
    [[1, 2, 9], 'expected tokens from 0 to 3, since its inputDim is 4, got 9 at [0, 2] of [1, 3]'],
    [[1, -2, 0], 'expected tokens from 0 to 3, since its inputDim is 4, got -2 at [0, 1] of [1, 3]'],
  ])('where a token stands for no row of an Embedding: %j', async (tokens, words) => {
    const model = sequential({
      layers: [layers.embedding({ name: 'words', inputDim: 4, outputDim: 2, inputLength: 3 })],
    });
    const { error, left } = await attempt(() =>
      computeActivations(createActivationModel(model, ['words']), {
        data: Float32Array.from(tokens),
        shape: [3],
      }),
    );
    expect(error.message).toBe(`layer "words": ${words}`);
    expect(left).toBe(0);
  });

  it('where a Conv1D is causal', async () => {
    const model = sequential({
      layers: [
        layers.conv1d({ name: 'steps', filters: 1, kernelSize: 2, padding: 'causal', inputShape: [5, 1] }),
      ],
    });
    const { error } = await attempt(() =>
      computeActivations(createActivationModel(model, ['steps']), {
        data: new Float32Array(5),
        shape: [5, 1],
      }),
    );
    expect(error.message).toMatch(
      /^layer "steps": TensorFlow.js has no causal padding; saveModel and loadModel/,
    );
  });
});

describe('an error of a graph', () => {
  it('says which node', async () => {
    const { graph, image, constant, node } = writeGraph();
    const x = image('x', [-1, -1, -1, 1]);
    const settings = {
      padding: 'VALID',
      data_format: 'NHWC',
      dilations: [1, 1, 1, 1],
      strides: [1, 1, 1, 1],
    };
    const kernel = constant('kernel', [3, 3, 1, 1], new Float32Array(9));
    let last = x;
    for (let at = 1; at <= 6; at++) last = node(`conv${at}`, 'Conv2D', [last, kernel], settings);
    const model = await loadGraph(graph);
    for (const [size, name] of [
      [2, 'conv1'],
      [3, 'conv2'],
      [7, 'conv4'],
      [12, 'conv6'],
    ] as const) {
      const { error, left } = await attempt(() =>
        computeActivations(createActivationModel(model, ['conv2', 'conv6']), img(size)),
      );
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toMatch(`node "${name}": Conv2D: expected an image of at least [3, 3]`);
      expect(left).toBe(0);
    }
    const [two, six] = await computeActivations(createActivationModel(model, ['conv2', 'conv6']), img(13));
    expect([two!.shape, six!.shape]).toEqual([
      [1, 9, 9, 1],
      [1, 1, 1, 1],
    ]);
    model.dispose();
  });

  it('says nothing of a node where what was given does not fit', async () => {
    const { graph, image, node } = writeGraph();
    node('out', 'Relu', [image('x', [1, 2, 2, 1])]);
    const model = await loadGraph(graph);
    const activationModel = createActivationModel(model, ['out']);
    const x = tensor([1, 2], [1, 2, 1, 1]) as Tensor;
    expect(() => activationModel.predict(x)).toThrow(/^The shape of dict\['x'\]/);
    x.dispose();
    model.dispose();
  });
});

describe('locateError', () => {
  class Refusal extends Error {
    constructor(message: string) {
      super(message);
      this.name = 'Refusal';
    }
  }

  it('keeps the class of the error', () => {
    const error = new Refusal('no');
    const located = locateError('layer', 'a', error) as Refusal;
    expect(located).toBeInstanceOf(Refusal);
    expect([located.name, located.message, located.cause]).toEqual(['Refusal', 'layer "a": no', error]);
  });

  it('leaves alone what names the place, and what is no error', () => {
    const error = new Error('the layer "a" is no good');
    expect(locateError('layer', 'a', error)).toBe(error);
    expect(locateError('layer', 'a', 'no')).toBe('no');
  });
});
