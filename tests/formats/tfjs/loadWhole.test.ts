import { engine, memory, scalar, type Tensor, tensor, tidy, variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { loadWhole } from '../../../src/formats/tfjs/loadWhole';

beforeAll(() => useWasmBackend());

/** What there is: tensors, variables and scopes. */
const present = () => ({
  tensors: memory().numTensors,
  variables: Object.keys(engine().state.registeredVariables).length,
  scopes: engine().state.scopeStack.length,
});

/** Waits once, as the loaders of TensorFlow.js do, and then builds something in one go. */
const afterOneWait = (build: () => Tensor[]) => async () => {
  await Promise.resolve();
  return build();
};

describe('loadWhole', () => {
  it('hands on what has been built, which the caller disposes', async () => {
    const before = present();
    const built = await loadWhole(afterOneWait(() => [tensor([1, 2]), variable(scalar(3))]));
    expect(built.map((each) => [...each.dataSync()])).toEqual([[1, 2], [3]]);
    expect(present().scopes).toBe(before.scopes);
    // The scalar that the variable was made of is a tensor of its own.
    expect(present()).toMatchObject({ tensors: before.tensors + 3, variables: before.variables + 1 });
    for (const each of built) each.dispose();
    expect(present().variables).toBe(before.variables);
  });

  it.each<[string, () => Promise<never>]>([
    [
      'half-way',
      async () => {
        await Promise.resolve();
        tensor([1, 2]);
        variable(scalar(3));
        tensor([4]).dispose();
        throw new RangeError('half-way');
      },
    ],
    [
      'half-way, in a tidy of its own',
      async () => {
        await Promise.resolve();
        return tidy(() => {
          variable(tensor([1]));
          throw new RangeError('half-way, in a tidy of its own');
        });
      },
    ],
    [
      'before it has waited',
      async () => {
        tensor([1]);
        throw new RangeError('before it has waited');
      },
    ],
    ['without a tensor', () => Promise.reject(new RangeError('without a tensor'))],
  ])('leaves nothing where the building fails %s, and hands the reason on', async (reason, load) => {
    const before = present();
    await expect(loadWhole(load)).rejects.toThrow(new RangeError(reason));
    expect(present()).toEqual(before);
  });

  it('leaves tensors alone that were made meanwhile, and those of other loads', async () => {
    const before = present();
    const others: Tensor[] = [];
    const make = () => others.push(scalar(others.length));
    const timer = setInterval(make);
    const loads = Array.from({ length: 20 }, (_, index) =>
      loadWhole(
        afterOneWait(() => {
          const built = tensor([index]);
          if (index % 2) throw new Error('odd');
          return [built];
        }),
      ),
    );
    make();
    const ended = await Promise.allSettled(loads);
    clearInterval(timer);
    const built = ended.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    expect(built.map((each) => each.dataSync()[0])).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect(others.every(({ isDisposed }) => !isDisposed)).toBe(true);
    expect(present().tensors).toBe(before.tensors + built.length + others.length);
    for (const each of [...built, ...others]) each.dispose();
    expect(present()).toEqual(before);
  });
});
