import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { convertOnnxModel } from '../../src/formats/onnx/convertOnnxModel';
import { OPERATORS } from '../../src/formats/onnx/operators';
import { node, type OnnxArray, type OnnxSetting, type OnnxType, writeOnnx } from '../formats/onnx/writeOnnx';
import { createChooser, mutateBytes } from './mutate';

/** Letters of a message at the most: it has to be read. */
const LONGEST = 400;
/** Milliseconds that no file of some kilobytes takes. */
const LONG = 5000;
const ROUNDS = 400;
/** What an engine says where nobody has thought of what a file may hold. */
const UNTHOUGHT =
  /undefined|not a function|not iterable|Cannot|Invalid (array|typed)|out of bounds|allocation|call stack|BigInt/;

const FILES = ['audio', 'inception', 'vit', 'unet'];

function convert(bytes: Uint8Array): string | undefined {
  const start = performance.now();
  let message: string | undefined;
  try {
    const { weightData, weightSpecs } = convertOnnxModel(bytes);
    const size = weightSpecs!.reduce((sum, { shape, dtype }) => {
      return sum + shape.reduce((a, b) => a * b, 1) * (dtype === 'bool' ? 1 : 4);
    }, 0);
    expect((weightData as ArrayBuffer).byteLength).toBe(size);
  } catch (error) {
    if (!(error instanceof Error)) throw new TypeError(`expected an Error, got ${String(error)}`);
    message = error.message;
  }
  if (performance.now() - start > LONG) throw new Error('it took too long');
  return message;
}

describe('an ONNX file that is damaged', () => {
  it.each(FILES)('is converted, or refused with a reason: %s', (name) => {
    const file = new Uint8Array(readFileSync(new URL(`../fixtures/onnx/${name}.onnx`, import.meta.url)));
    expect(convert(file)).toBeUndefined();
    // The nodes stand before the name of the graph, and the weights behind it.
    const end = Buffer.from(file).indexOf('torch_jit');
    const places = Array.from({ length: end }, (_, at) => at);
    const bad: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const message = convert(mutateBytes(file, createChooser(round), places));
      if (message === undefined) continue;
      if (message.length > LONGEST || message === '' || UNTHOUGHT.test(message))
        bad.push(`${round}: ${message}`);
    }
    expect(bad).toEqual([]);
  });

  it('is refused wherever it is cut off', () => {
    const file = new Uint8Array(readFileSync(new URL('../fixtures/onnx/audio.onnx', import.meta.url)));
    for (let length = 0; length < file.length - 4; length += 37) {
      expect(convert(file.subarray(0, length)), String(length)).toBeDefined();
    }
  });
});

/** Settings that operators have, and what stands in none of them. */
const SETTINGS: Readonly<Record<string, readonly OnnxSetting[]>> = {
  axis: [0, 1, -1, 7, -9, 2 ** 31],
  axes: [[0], [1, 2], [-1], [], [9], [1, 1]],
  kernel_shape: [[3, 3], [2], [], [0, 0], [-1, 3], [2 ** 31, 2]],
  strides: [[2, 2], [0, 1], [1], [-1, -1]],
  dilations: [[2, 2], [0, 0], [1]],
  pads: [[1, 1, 1, 1], [-1, 0, 0, 0], [2 ** 40, 0, 0, 0], [1]],
  auto_pad: ['SAME_UPPER', 'SAME_LOWER', 'VALID', 'ODD'],
  output_padding: [
    [1, 1],
    [-1, 5],
  ],
  output_shape: [[3, 3], [0]],
  group: [1, 2, 3, 0, -1, 1000],
  perm: [[0, 1], [1, 0, 2], [0, 0], [9]],
  shape: [
    [0, -1],
    [-1, -1],
    [2, 3],
  ],
  starts: [[0], [5, 5]],
  ends: [[1], [-9]],
  split: [[1, 1], [-1], [9, 9]],
  num_outputs: [2, 0, -1],
  num_groups: [2, 0, -3],
  blocksize: [2, 0, -1],
  size: [3, 2, 0, -1],
  to: [1, 7, 8, 99],
  mode: ['linear', 'cubic', 'edge', 'constant', 'CRD', 'odd'],
  equation: ['ij,jk->ik', '...', 'i->j', '->', 'ii->i'],
  scales: [{ floats: [1, 2] }, { floats: [0] }],
  alpha: [{ float: 0 }, { float: Number.NaN }, { float: 2 }],
  keepdims: [0, 1],
  ceil_mode: [0, 1],
  count_include_pad: [0, 1],
  coordinate_transformation_mode: ['half_pixel', 'tf_crop_and_resize', 'odd'],
  value: [
    { shape: [1], values: [1], type: 'int64' },
    { shape: [0], values: [] },
  ],
};
const SHAPES: readonly (readonly (number | string)[])[] = [
  [],
  [0],
  [1],
  [4],
  [2, 3],
  ['n', 3],
  [2, 3, 4],
  [1, 4, 6, 5],
  ['n', 4, 'h', 'w'],
  [2, 0, 4, 4],
  [1, 2, 3, 4, 5],
  [1, 2, 1, 2, 1, 2],
];

describe('an ONNX file of one operator that makes no sense', () => {
  it.each(Object.keys(OPERATORS))('is converted, or refused with a reason: %s', (op) => {
    const bad = new Set<string>();
    for (let round = 0; round < 60; round++) {
      const { below, pick } = createChooser(round);
      const names = Array.from({ length: below(5) }, (_, index) => (below(8) === 0 ? '' : `in${index}`));
      const initializers: Record<string, OnnxArray> = {};
      const inputs: Record<string, { shape: readonly (number | string)[]; type: OnnxType }> = {
        more: { shape: [1], type: 'float' },
      };
      for (const name of names) {
        const type = pick(['float', 'float', 'int64', 'int32', 'bool', 'uint8'] as const);
        const shape = pick(SHAPES);
        const whole = shape.map(Number);
        const isConstant = below(2) === 0 && !whole.some(Number.isNaN);
        if (!isConstant) inputs[name] = { shape, type };
        else {
          const count = whole.reduce((a, b) => a * b, 1);
          initializers[name] = {
            shape: whole,
            type,
            values: Array.from({ length: count }, () => below(9) - 4),
          };
        }
      }
      const attributes = Object.fromEntries(
        Object.entries(SETTINGS).flatMap(([key, values]) => (below(2) === 0 ? [[key, pick(values)]] : [])),
      );
      const nodes = [node(op, names, ['out', 'out1'].slice(0, 1 + below(2)), attributes)];
      const opset = pick([7, 9, 11, 13, 18, 21]);
      const message = convert(writeOnnx({ opset, nodes, initializers, inputs, outputs: ['out'] }));
      if (message !== undefined && (message.length > LONGEST || UNTHOUGHT.test(message))) bad.add(message);
    }
    expect([...bad]).toEqual([]);
  });
});
