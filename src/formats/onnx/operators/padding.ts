import type { GraphWriter } from '../graph/createGraphWriter';
import type { FileNode } from '../graph/FileNode';
import { arrange, numbersOf, type Output, placeOf, requireAxis, type Size, type Value } from '../graph/Value';
import { type Operator, type Operators, required } from './Operator';
import { readKnown } from './readKnown';

/** Where the values come from that are added behind the borders of an axis: a place along it. */
type FindSource = (at: number, length: number) => number;

const SOURCES: Readonly<Record<string, FindSource>> = {
  edge: (at, length) => Math.max(0, Math.min(length - 1, at)),
  reflect: (at, length) => {
    const period = Math.max(1, 2 * (length - 1));
    const within = ((at % period) + period) % period;
    return Math.min(within, period - within);
  },
  wrap: (at, length) => ((at % length) + length) % length,
};

/** No network has wider borders of its own values. */
const MOST_COPIED = 2 ** 16;

const Pad: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const isComputed = inputs[1] && !inputs[3] && !numbersOf(readKnown(inputs[1]) ?? ['']);
  if (isComputed) return padOpen(node, inputs, graph);
  const pads = readPads(node, inputs, value.shape.length);
  const mode = node.text('mode', 'constant');
  const shape = value.shape.map((size, axis): Size => {
    const more = pads[axis]![0] + pads[axis]![1];
    if (more === 0) return size;
    if (typeof size === 'string') return graph.newSize();
    if (size + more < 0) throw new RangeError(`expected at most ${size} values to be cut off, got ${-more}`);
    return size + more;
  });
  const { type, layout } = value;
  const input = graph.read(value, layout);
  if (mode === 'constant') {
    const constant = inputs[2]
      ? graph.readArranged(inputs[2], { from: [], order: [] })
      : graph.float(node.float('value', 0));
    return { type, shape, layout, output: padAll(graph, input, arrange(pads, layout), constant) };
  }
  const find = SOURCES[mode];
  if (!find) throw new Error(`the mode ${mode} is not converted`);
  const padded = pads.reduce((output, [before, after], axis) => {
    if (before === 0 && after === 0) return output;
    const length = value.shape[axis]!;
    if (typeof length !== 'number') {
      throw new RangeError(
        `expected a size that is known for the mode ${mode}; export the network for images of one size`,
      );
    }
    if (Math.max(before, after) > MOST_COPIED)
      throw new RangeError(
        `expected at most ${MOST_COPIED} values at a border, got ${Math.max(before, after)}`,
      );
    const indices = Array.from({ length: before + length + after }, (_, at) => find(at - before, length));
    return graph.put('GatherV2', [output, graph.ints(indices), graph.int(placeOf(axis, value))]);
  }, input);
  return { type, shape, layout, output: padded };
};

/** Adds what is found when the graph runs. */
function padOpen(node: FileNode, inputs: readonly (Value | undefined)[], graph: GraphWriter): Value {
  const [value, pads, constant] = [required(inputs, 0), required(inputs, 1), inputs[2]];
  const mode = node.text('mode', 'constant');
  if (mode !== 'constant')
    throw new RangeError(`expected pads that are known when the file is read, for the mode ${mode}`);
  const rank = value.shape.length;
  const pairs = graph.put('Reshape', [graph.read(pads), graph.ints([2, rank])]);
  const turned = graph.put('Transpose', [pairs, graph.ints([1, 0])]);
  const number = constant ? graph.readArranged(constant, { from: [], order: [] }) : graph.float(0);
  const output = graph.put('PadV2', [graph.read(value), turned, number]);
  return { type: value.type, shape: value.shape.map(() => graph.newSize()), layout: 'file', output };
}

/** Of each axis of the file, how much is added before and after it. */
function readPads(
  node: FileNode,
  inputs: readonly (Value | undefined)[],
  rank: number,
): [before: number, after: number][] {
  const given = inputs[1] ? readKnown(inputs[1]) : node.ints(node.has('pads') ? 'pads' : 'paddings');
  const pads = given && numbersOf(given);
  const named = inputs[3] && readKnown(inputs[3]);
  if (!pads || (inputs[3] && !named))
    throw new RangeError('expected pads that are known when the file is read');
  const axes = named
    ? named.map((axis) => requireAxis(Number(axis), rank))
    : Array.from({ length: rank }, (_, axis) => axis);
  if (pads.length !== 2 * axes.length)
    throw new RangeError(`expected ${2 * axes.length} pads, got ${pads.length}`);
  const all = Array.from({ length: rank }, (): [number, number] => [0, 0]);
  axes.forEach((axis, index) => {
    all[axis] = [pads[index]!, pads[index + axes.length]!];
  });
  return all;
}

/** Adds a number at the borders of all axes as they lie, or cuts values off where there are fewer than none to add. */
function padAll(
  graph: GraphWriter,
  input: Output,
  pads: readonly (readonly [before: number, after: number])[],
  value: Output,
): Output {
  let output = input;
  if (pads.flat().some((size) => size > 0)) {
    const more = pads.flat().map((size) => Math.max(0, size));
    output = graph.put('PadV2', [input, graph.ints(more, [pads.length, 2]), value]);
  }
  if (pads.flat().every((size) => size >= 0)) return output;
  const begin = pads.map(([before]) => Math.max(0, -before));
  const end = pads.map(([, after]) => Math.min(0, after));
  const open = end.reduce((mask, size, axis) => (size === 0 ? mask | (1 << axis) : mask), 0);
  const lists = [begin, end, pads.map(() => 1)].map((own) => graph.ints(own));
  return graph.put('StridedSlice', [output, ...lists], { end_mask: open });
}

/** The same for what lies channels last: only the axes between are padded. */
export function padWith(
  graph: GraphWriter,
  input: Output,
  pads: readonly (readonly [before: number, after: number])[],
  value: number,
): Output {
  return padAll(graph, input, [[0, 0], ...pads, [0, 0]], graph.float(value));
}

export const paddingOperators: Operators = { Pad };
