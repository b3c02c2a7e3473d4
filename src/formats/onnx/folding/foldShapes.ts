import { decodeNumbers, readElementType } from '../file/elementTypes';
import { moveAxes, stepsOf } from '../graph/moveAxes';
import { broadcast, resolveReshape } from '../graph/shapes';
import { isKnown, numbersOf, requireAxis, type Size } from '../graph/Value';
import type { Fold } from './Fold';
import type { Folded } from './Folded';

/** Constants of more numbers than this are left for when the graph runs, and so is what no memory could hold. */
const MOST_FILLED = 2 ** 16;

/** What only moves numbers, or asks for sizes. */
export const foldShapes: Readonly<Record<string, Fold>> = {
  Shape: ({ node, values: [value] }) => {
    const { shape } = value!;
    const sizes = shape.slice(...range(node.int('start', 0), node.int('end', shape.length), shape.length));
    return { type: 'int64', shape: [sizes.length], data: sizes };
  },
  Size: ({ values: [value] }) => {
    if (!isKnown(value!.shape)) return undefined;
    return { type: 'int64', shape: [], data: [value!.shape.reduce((a, b) => a * b, 1)] };
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
    const axes = given.map((axis) => requireAxis(axis, input.shape.length));
    const drops = (size: number, axis: number) => (axes.length > 0 ? axes.includes(axis) : size === 1);
    return { ...input, shape: input.shape.filter((size, axis) => !drops(size, axis)) };
  },
  Unsqueeze: ({ node, inputs: [input, list] }) => {
    if (!input) return undefined;
    const given = list ? Array.from(list.data, Number) : node.ints('axes');
    const rank = input.shape.length + given.length;
    const axes = given.map((axis) => requireAxis(axis, rank));
    const left = [...input.shape];
    return {
      ...input,
      shape: Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : left.shift()!)),
    };
  },
  Concat: ({ node, inputs }) => {
    const parts = inputs.filter((input) => input !== undefined);
    const first = parts[0]!;
    const axis = requireAxis(node.int('axis'), first.shape.length);
    const shape = first.shape.map((size, at) =>
      at === axis ? parts.reduce((sum, part) => sum + part.shape[axis]!, 0) : size,
    );
    const rows = shape.slice(0, axis).reduce((a, b) => a * b, 1);
    const data: Size[] = [];
    for (let row = 0; row < rows; row++) {
      for (const part of parts) {
        const length = part.data.length / rows;
        for (let at = row * length; at < (row + 1) * length; at++) data.push(part.data[at]!);
      }
    }
    return { type: first.type, shape, data };
  },
  Gather: ({ node, inputs: [input, indices] }) => {
    if (!input || !indices) return undefined;
    const axis = requireAxis(node.int('axis', 0), input.shape.length);
    const length = input.shape[axis]!;
    const picked = Array.from(indices.data, (index) => requireAxis(Number(index), length));
    const inner = input.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const outer = input.shape.slice(0, axis).reduce((a, b) => a * b, 1);
    const data: Size[] = [];
    for (let row = 0; row < outer; row++) {
      for (const index of picked) {
        const start = (row * length + index) * inner;
        for (let at = start; at < start + inner; at++) data.push(input.data[at]!);
      }
    }
    return {
      ...input,
      shape: [...input.shape.slice(0, axis), ...indices.shape, ...input.shape.slice(axis + 1)],
      data,
    };
  },
  Slice: ({ node, inputs: [input, starts, ends, list, steps] }) => {
    // Only lists are cut here: sizes.
    if (input?.shape.length !== 1) return undefined;
    const begin = starts ? Number(starts.data[0]) : node.ints('starts')[0]!;
    const end = ends ? Number(ends.data[0]) : node.ints('ends')[0]!;
    const step = steps ? Number(steps.data[0]) : 1;
    if (step === 0 || Number.isNaN(begin + end + step) || (list && list.data.length !== 1)) return undefined;
    const all = Array.from(input.data);
    const data: Size[] = [];
    if (step > 0) {
      const [from, to] = range(begin, end, all.length);
      for (let at = from; at < to; at += step) data.push(all[at]!);
    } else {
      const from = Math.min(begin < 0 ? begin + all.length : begin, all.length - 1);
      const to = end < 0 ? Math.max(end + all.length, -1) : end;
      for (let back = 0; from - back > to; back -= step) data.push(all[from - back]!);
    }
    return { ...input, shape: [data.length], data };
  },
  Transpose: ({ node, inputs: [input] }) => {
    if (!input || Array.isArray(input.data)) return undefined;
    const rank = input.shape.length;
    const order = node.has('perm')
      ? node.ints('perm')
      : Array.from({ length: rank }, (_, at) => rank - 1 - at);
    const from = Float32Array.from(input.data as ArrayLike<number>);
    // Whole numbers may be too large for floats.
    if (from.some((value, at) => value !== input.data[at] && !Number.isNaN(value))) return undefined;
    const data = new Float32Array(from.length);
    moveAxes(
      from,
      input.shape,
      order.map((axis) => requireAxis(axis, rank)),
      data,
    );
    return { ...input, shape: order.map((axis) => input.shape[axis]!), data };
  },
  ConstantOfShape: ({ node, inputs: [sizes] }) => {
    const shape = sizes && numbersOf(Array.from(sizes.data));
    const count = shape?.reduce((a, b) => a * b, 1) ?? Infinity;
    if (!shape || count > MOST_FILLED) return undefined;
    const value = node.tensor('value');
    const number = value ? readOne(value.type, value.bytes) : 0;
    return { type: value?.type ?? 'float', shape, data: Array<number>(count).fill(number) };
  },
  Range: ({ values: [value], inputs }) => {
    const [start, limit, delta] = inputs.map((input) => Number(input?.data[0]));
    const count = Math.max(0, Math.ceil((limit! - start!) / delta!));
    if (!(count <= MOST_FILLED)) return undefined;
    return {
      type: value!.type,
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

/** Repeats numbers along the axes of a larger shape, as numpy does. */
export function spread({ shape, data }: Folded, into: readonly number[]): ArrayLike<Size> {
  if (shape.length === into.length && shape.every((size, axis) => size === into[axis])) return data;
  const own = [...Array.from({ length: into.length - shape.length }, () => 1), ...shape];
  const steps = stepsOf(own).map((step, axis) => (own[axis] === 1 ? 0 : step));
  const whole = stepsOf(into);
  const count = into.reduce((a, b) => a * b, 1);
  return Array.from({ length: count }, (_, at) => {
    const place = into.reduce(
      (sum, size, axis) => sum + (Math.floor(at / whole[axis]!) % size) * steps[axis]!,
      0,
    );
    return data[place]!;
  });
}

/** From where to where a slice goes: counted from the end where it is negative, and no further than there is. */
function range(begin: number, end: number, length: number): [number, number] {
  const clip = (at: number) => Math.max(0, Math.min(length, at < 0 ? at + length : at));
  return [clip(begin), clip(end)];
}

function readOne(type: Folded['type'], bytes: Uint8Array): number {
  return Number(decodeNumbers(type, bytes)[0] ?? 0);
}

function fail(): never {
  throw new RangeError('expected sizes that are known');
}
