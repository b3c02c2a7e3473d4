import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { functional2, input2, layer2, topology2 } from './keras2';
import { call, functional, input, layer, tensorOf, topology } from './keras3';
import { run } from './loadConverted';

const x = tensorOf('i');

/** A model that computes one thing, as Keras 3 writes it. */
function of3(name: string, args: unknown[]) {
  const operation = { ...layer(name, 'op'), module: 'keras.src.ops.numpy' };
  return topology(functional('f', [input('i', [null, 2]), call(operation, args)], ['i', 0, 0], ['op', 0, 0]));
}

function of2(name: string, y: unknown) {
  const operation = layer2('TFOpLambda', 'op', { function: name });
  const used = { ...operation, inbound_nodes: [['i', 0, 0, { y, name: null }]] };
  return topology2(functional2('f', [input2('i', [null, 2]), used], 'i', 'op'));
}

beforeAll(async () => {
  await useWasmBackend();
});

describe('arithmetic that Keras makes layers of', () => {
  it.each<[name: string, args: unknown[], expected: number[]]>([
    ['TrueDivide', [x, 4], [0.5, 2]],
    ['Divide', [x, 4], [0.5, 2]],
    ['Multiply', [x, 3], [6, 24]],
    ['Multiply', [3, x], [6, 24]],
    ['Add', [x, 1.5], [3.5, 9.5]],
    ['Add', [1.5, x], [3.5, 9.5]],
    ['Subtract', [x, 1.5], [0.5, 6.5]],
    ['Subtract', [1.5, x], [-0.5, -6.5]],
  ])('is what Keras 3 computes: %s %#', async (name, args, expected) => {
    expect(await run(of3(name, args), [2], [2, 8])).toEqual(expected);
  });

  it.each([
    ['math.truediv', 4, [0.5, 2]],
    ['math.divide', 4, [0.5, 2]],
    ['math.multiply', 3, [6, 24]],
    ['math.add', 1.5, [3.5, 9.5]],
    ['__operators__.add', 1.5, [3.5, 9.5]],
    ['math.subtract', 1.5, [0.5, 6.5]],
  ])('is what Keras 2 computes: %s', async (name, y, expected) => {
    expect(await run(of2(name, y), [2], [2, 8])).toEqual(expected);
  });

  it('of two tensors is the layer that does it', async () => {
    expect(await run(of3('Subtract', [x, x]), [2], [2, 8])).toEqual([0, 0]);
    expect(await run(of3('Multiply', [x, x]), [2], [2, 8])).toEqual([4, 64]);
  });

  it('is refused by name where it is something else', async () => {
    const refused = (name: string) => `the layer "op" is the operation ${name} of keras.ops`;
    await expect(run(of3('TrueDivide', [1, x]), [2], [2, 8])).rejects.toThrow(refused('TrueDivide'));
    await expect(run(of3('Reshape', [x]), [2], [2, 8])).rejects.toThrow(refused('Reshape'));
    const lambda = 'the layer "op" is a TFOpLambda';
    await expect(run(of2('math.pow', 2), [2], [2, 8])).rejects.toThrow(lambda);
    await expect(run(of2('math.add', ['i', 0, 0]), [2], [2, 8])).rejects.toThrow(lambda);
  });
});
