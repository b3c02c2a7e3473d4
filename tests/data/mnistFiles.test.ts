import { expect, it } from 'vitest';
import { mnistFiles } from '../../src/data/mnistFiles';

it('knows four different files, sized as their headers and bytes', () => {
  const { train, test } = mnistFiles;
  expect([train.images.size, train.labels.size]).toEqual([16 + 60_000 * 28 * 28, 8 + 60_000]);
  expect([test.images.size, test.labels.size]).toEqual([16 + 10_000 * 28 * 28, 8 + 10_000]);
  const files = [train.images, train.labels, test.images, test.labels];
  for (const { sha256 } of files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(4);
  expect(files.map(({ name }) => name)).toEqual([
    'train-images-idx3-ubyte',
    'train-labels-idx1-ubyte',
    't10k-images-idx3-ubyte',
    't10k-labels-idx1-ubyte',
  ]);
});
