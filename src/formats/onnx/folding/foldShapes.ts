import { decodeNumbers, readElementType } from '../file/elementTypes';
import { cut } from '../graph/cut';
import { broadcast, dropAxes, insertAxes, requireSizes, resolveReshape } from '../graph/shapes';
import { isKnown, numbersOf } from '../graph/Value';
import type { Fold } from './Fold';
import { type Folded, MOST_FILLED } from './Folded';
import { spread } from './spread';

/** What asks for sizes, or makes numbers of them. */
export const foldShapes: Readonly<Record<string, Fold>> = {
  Shape: ({ node, values: [value] }) => {
    if (!value) return undefined;
    const { shape } = value;
    const { begin, end } = cut(node.int('start', 0), node.int('end', shape.length), 1, shape.length);
    const sizes = shape.slice(begin, end);
    return { type: 'int64', shape: [sizes.length], data: sizes };
  },
  Size: ({ values: [value] }) => {
    if (!value || !isKnown(value.shape)) return undefined;
    return { type: 'int64', shape: [], data: [value.shape.reduce((a, b) => a * b, 1)] };
  },
  Identity: ({ inputs: [input] }) => input,
  Cast: ({ node, inputs: [input] }) => {
    const type = readElementType(node.int('to'));
    if (!input) return undefined;
    const data = Array.from(input.data, (value) => {
      if (typeof value === 'string') return value;
      if (type === 'bool') return value === 0 ? 0 : 1;
      return /float|double/.test(type) ? value : Math.trunc(value);
    });
    return { ...input, type, data };
  },
  Reshape: ({ node, inputs: [input, target] }) => {
    const sizes = target ? Array.from(target.data) : node.ints('shape');
    if (!input || !isKnown(sizes)) return undefined;
    return {
      ...input,
      shape: resolveReshape(input.shape, sizes, node.int('allowzero', 0) === 1, fail) as number[],
    };
  },
  Squeeze: ({ node, inputs: [input, list] }) => {
    if (!input) return undefined;
    const given = list ? Array.from(list.data, Number) : node.ints('axes');
    return { ...input, shape: dropAxes(input.shape, given) as number[] };
  },
  Unsqueeze: ({ node, inputs: [input, list] }) => {
    if (!input) return undefined;
    const given = list ? Array.from(list.data, Number) : node.ints('axes');
    return { ...input, shape: insertAxes(input.shape, given).shape as number[] };
  },
  ConstantOfShape: ({ node, inputs: [sizes] }) => {
    const shape = sizes && numbersOf(Array.from(sizes.data));
    requireSizes(shape ?? []);
    const count = shape?.reduce((a, b) => a * b, 1) ?? Infinity;
    if (!shape || count > MOST_FILLED) return undefined;
    const value = node.tensor('value');
    const number = value ? readOne(value.type, value.bytes) : 0;
    return { type: value?.type ?? 'float', shape, data: Array<number>(count).fill(number) };
  },
  Range: ({ values: [value], inputs }) => {
    if (!value || inputs.length < 3) return undefined;
    const [start, limit, delta] = inputs.map((input) => Number(input?.data[0]));
    const count = Math.max(0, Math.ceil((limit! - start!) / delta!));
    if (!(count <= MOST_FILLED)) return undefined;
    return {
      type: value.type,
      shape: [count],
      data: Array.from({ length: count }, (_, at) => start! + at * delta!),
    };
  },
  Expand: ({ inputs: [input, sizes] }) => {
    const target = sizes ? Array.from(sizes.data) : undefined;
    if (!input || !target || !isKnown(target)) return undefined;
    const shape = broadcast([input.shape, target], fail) as number[];
    if (shape.reduce((a, b) => a * b, 1) > MOST_FILLED) return undefined;
    return { ...input, shape, data: spread(input, shape) };
  },
};

function readOne(type: Folded['type'], bytes: Uint8Array): number {
  return Number(decodeNumbers(type, bytes)[0] ?? 0);
}

function fail(): never {
  throw new RangeError('expected sizes that are known');
}
