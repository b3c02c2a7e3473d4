import { describe, expect, it } from 'vitest';
import { findForeignParts } from '../../scripts/findForeignParts.js';
import { kernelBinary } from '../../src/training/embedded/kernels.generated';

/** The smallest binary: its magic number and version, and the given sections, each its number, size and content. */
function binaryOf(...sections: number[][]): Uint8Array {
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
}

describe('the binary of the training kernels', () => {
  const binary = Buffer.from(kernelBinary, 'base64');

  it('imports the memory and nothing else, and has no data, globals, start function or stack', () => {
    expect(WebAssembly.Module.imports(new WebAssembly.Module(binary))).toEqual([
      { module: 'env', name: 'memory', kind: 'memory' },
    ]);
    expect(findForeignParts(binary)).toEqual([]);
  });

  it('is small', () => {
    expect(binary.length).toBeLessThan(10_000);
  });
});

describe('findForeignParts', () => {
  it.each<[string, Uint8Array, string[]]>([
    ['a memory', binaryOf([5, 3, 1, 0, 1]), ['a memory of its own']],
    ['a global', binaryOf([6, 6, 1, 0x7f, 1, 0x41, 7, 0x0b]), ['globals']],
    [
      'data',
      binaryOf([5, 3, 1, 0, 1], [11, 7, 1, 0, 0x41, 8, 0x0b, 1, 0xff]),
      ['a memory of its own', 'data'],
    ],
    [
      'a start function',
      binaryOf([1, 4, 1, 0x60, 0, 0], [3, 2, 1, 0], [8, 1, 0], [10, 4, 1, 2, 0, 0x0b]),
      ['a start function'],
    ],
    ['an import', binaryOf([1, 4, 1, 0x60, 0, 0], [2, 7, 1, 1, 0x61, 1, 0x66, 0, 0]), ['the import a.f']],
  ])('finds %s', (_, binary, parts) => {
    expect(findForeignParts(binary)).toEqual(parts);
  });
});
