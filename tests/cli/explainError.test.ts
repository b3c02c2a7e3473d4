import { describe, expect, it } from 'vitest';
import { explainError, namePath } from '../../src/cli/explainError';
import { UsageError } from '../../src/cli/UsageError';

describe('explainError', () => {
  it.each<[Error, string, 1 | 2]>([
    [new UsageError('--digit: expected a digit'), '--digit: expected a digit', 2],
    [new RangeError('columns: expected 1, got 0'), '--columns: expected 1, got 0', 2],
    [new RangeError('channels[2]: expected 1, got 0'), '--channels: expected 1, got 0', 2],
    [new RangeError('pixelSize: expected 1, got 0'), '--pixel-size: expected 1, got 0', 2],
    [new RangeError('layer: expected a path, got "x"'), '--kernels: expected a path, got "x"', 2],
    [
      new RangeError('img: expected [8, 8, 3], got [9, 9, 3]; pass resize: true to have it resized'),
      'IMAGE: expected [8, 8, 3], got [9, 9, 3]; pass --resize true or antialias to have it resized',
      1,
    ],
    [new Error('something broke\n  in two lines'), 'something broke in two lines', 1],
    [new TypeError('model: expected one image'), '--model: expected one image', 1],
    [new Error('bad name \u001b[2J'), 'bad name \ufffd[2J', 1],
    [new Error('unheard-of: broken'), 'unheard-of: broken', 1],
  ])('explains %s', (error, message, status) => {
    expect(explainError(error)).toEqual({ message, status });
  });

  it('explains what is no error', () => {
    expect(explainError('out of luck')).toEqual({ message: 'out of luck', status: 1 });
  });
});

describe('namePath', () => {
  it('says which option a path came from', async () => {
    const failing = Promise.reject(new Error('path: expected a file, got "path: x"'));
    await expect(namePath('--model', failing)).rejects.toThrow('--model: expected a file, got "path: x"');
    await expect(namePath('--model', Promise.resolve(3))).resolves.toBe(3);
  });
});
