import { cut, placesOf } from '../graph/cut';
import { moveAxes, stepsOf } from '../graph/moveAxes';
import { requireSizes } from '../graph/shapes';
import { requireAxis, type Size } from '../graph/Value';
import type { Fold, FoldArguments } from './Fold';
import { type Folded, MOST_FILLED, MOST_FOLDED } from './Folded';
import { takeAt } from './spread';

/** What takes numbers from their places, or puts them into others. */
export const foldPlaces: Readonly<Record<string, Fold>> = {
  Concat: ({ node, inputs }) => {
    const parts = inputs.filter((input) => input !== undefined);
    const [first] = parts;
    const total = parts.reduce((sum, part) => sum + part.data.length, 0);
    if (!first || total > MOST_FOLDED) return undefined;
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
    const places = Array.from(indices.data, (index) => requireAxis(Number(index), input.shape[axis]!));
    if (input.data.length * places.length > MOST_FOLDED * input.shape[axis]!) return undefined;
    const { data } = pick(input, axis, places);
    const shape = [...input.shape.slice(0, axis), ...indices.shape, ...input.shape.slice(axis + 1)];
    return { ...input, shape, data };
  },
  Slice: (args) => {
    const { inputs } = args;
    const input = inputs[0];
    if (!input) return undefined;
    const [starts, ends, axes, steps] = ['starts', 'ends', 'axes', 'steps'].map((name, index) =>
      list(args, name, index + 1),
    );
    return starts!.reduce((left: Folded, start, index) => {
      const axis = requireAxis(axes![index] ?? index, input.shape.length);
      return pick(left, axis, placesOf(cut(start, ends![index]!, steps![index] ?? 1, left.shape[axis]!)));
    }, input);
  },
  Transpose: ({ node, inputs: [input] }) => {
    if (!input) return undefined;
    const rank = input.shape.length;
    const order = node.has('perm')
      ? node.ints('perm')
      : Array.from({ length: rank }, (_, at) => rank - 1 - at);
    const axes = order.map((axis) => requireAxis(axis, rank));
    // Whatever the numbers are, their places are moved.
    const places = Int32Array.from({ length: input.data.length }, (_, at) => at);
    const moved = new Int32Array(places.length);
    moveAxes(new DataView(places.buffer), input.shape, axes, moved);
    return { ...input, shape: axes.map((axis) => input.shape[axis]!), data: takeAt(input.data, moved) };
  },
  Tile: ({ inputs: [input, repeats] }) => {
    if (!input || !repeats) return undefined;
    const counts = Array.from(repeats.data, Number);
    requireSizes(counts);
    const isMany = counts.reduce((a, b) => a * Math.max(1, b), input.data.length) > MOST_FILLED;
    if (isMany || input.data.length === 0 || counts.length !== input.shape.length) return undefined;
    return counts.reduce((left: Folded, count, axis) => {
      const length = left.shape[axis]!;
      return pick(
        left,
        axis,
        Array.from({ length: length * count }, (_, at) => at % length),
      );
    }, input);
  },
  ScatterND: ({ node, inputs: [input, indices, updates] }) => {
    if (!input || !indices || !updates || node.text('reduction', 'none') !== 'none') return undefined;
    const depth = indices.shape.at(-1)!;
    const steps = stepsOf(input.shape);
    const length = input.shape.slice(depth).reduce((a, b) => a * b, 1);
    const data = Array.from(input.data);
    for (let row = 0; row * depth < indices.data.length; row++) {
      const start = steps.slice(0, depth).reduce((sum, step, axis) => {
        return sum + step * requireAxis(Number(indices.data[row * depth + axis]), input.shape[axis]!);
      }, 0);
      for (let at = 0; at < length; at++) data[start + at] = updates.data[row * length + at]!;
    }
    return { ...input, data };
  },
};

/** What a node names in a setting, or since some opset in an input. */
function list({ node, inputs }: FoldArguments, name: string, index: number): readonly number[] {
  const input = inputs[index];
  return input ? Array.from(input.data, Number) : node.ints(name);
}

/** Takes some places along an axis. */
function pick(input: Folded, axis: number, places: readonly number[]): Folded {
  const { shape } = input;
  const length = shape[axis]!;
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const outer = shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const from = new Int32Array(outer * places.length * inner);
  let count = 0;
  for (let row = 0; row < outer; row++) {
    for (const place of places) {
      const start = (row * length + place) * inner;
      for (let at = start; at < start + inner; at++) from[count++] = at;
    }
  }
  const data = takeAt(input.data, from);
  return { ...input, shape: shape.map((size, at) => (at === axis ? places.length : size)), data };
}
