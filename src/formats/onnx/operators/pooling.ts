import type { GraphWriter } from '../graph/createGraphWriter';
import type { FileNode } from '../graph/FileNode';
import { fromTensor } from '../graph/readConstant';
import { toTensor } from '../graph/toTensor';
import { arrange, isKnown, numbersOf, type Output, type Size, type Value } from '../graph/Value';
import { type Operator, type Operators, required } from './Operator';
import { padWith } from './padding';
import { reachOf, readWindows, slide, type Window } from './windows';

const MaxPool: Operator = (node, inputs, graph) => {
  const image = required(inputs, 0);
  if (node.outputCount > 1) throw new Error('its places, a second output, are not converted');
  const { windows, shape, isCeil } = readPooling(node, image, graph);
  const pads = padsToGo(windows, image.shape.slice(2), shape.slice(2), isCeil);
  const input = graph.read(image, 'last');
  // What is outside is smaller than anything.
  const padded = isZero(pads) ? input : padWith(graph, input, pads, -Infinity);
  const output = windows.some(({ dilation }) => dilation > 1)
    ? takeLargest(graph, padded, windows, shape)
    : pool(graph, 'MaxPool', padded, windows);
  return { type: image.type, shape, layout: 'last', output };
};

const AveragePool: Operator = (node, inputs, graph) => {
  const image = required(inputs, 0);
  const { windows, shape, isCeil } = readPooling(node, image, graph);
  if (windows.some(({ dilation }) => dilation > 1)) {
    throw new Error('dilation is not converted in an AveragePool');
  }
  const spatial = image.shape.slice(2);
  const pads = padsToGo(windows, spatial, shape.slice(2), isCeil);
  const input = graph.read(image, 'last');
  const padded = isZero(pads) ? input : padWith(graph, input, pads, 0);
  const counts = node.int('count_include_pad', 0) === 1;
  const counted = windows.map(({ before, after }): Pad => (counts ? [before, after] : [0, 0]));
  let output = pool(graph, 'AvgPool', padded, windows);
  const extra = pads.map(([before, after], axis): Pad => {
    const [first, last] = counted[axis]!;
    return [before - first, after - last];
  });
  if (!isZero(extra)) {
    // The mean is over all of a window: what does not count is taken out again.
    const [known, places] = [numbersOf(spatial), numbersOf(shape.slice(2))];
    if (known && places) {
      const factors = countFactors(windows, known, places, counted);
      if (factors.some((factor) => factor !== 1)) {
        const tensor = toTensor('float', arrange([1, 1, ...places], 'last'), factors);
        output = graph.put('Mul', [output, graph.read(fromTensor(tensor))]);
      }
    } else {
      const ones = padWith(graph, graph.put('OnesLike', [input]), counted, 1);
      output = graph.put('RealDiv', [
        output,
        pool(graph, 'AvgPool', padWith(graph, ones, extra, 0), windows),
      ]);
    }
  }
  return { type: image.type, shape, layout: 'last', output };
};

function globalPool(op: 'Mean' | 'Max'): Operator {
  return (_, inputs, graph) => {
    const image = required(inputs, 0);
    const rank = image.shape.length;
    const axes = graph.ints(Array.from({ length: rank - 2 }, (_, axis) => axis + 1));
    return {
      type: image.type,
      shape: [...image.shape.slice(0, 2), ...image.shape.slice(2).map(() => 1)],
      layout: 'last',
      output: graph.put(op, [graph.read(image, 'last'), axes], { keep_dims: true }),
    };
  };
}

export const poolingOperators: Operators = {
  MaxPool,
  AveragePool,
  GlobalAveragePool: globalPool('Mean'),
  GlobalMaxPool: globalPool('Max'),
};

function readPooling(node: FileNode, image: Value, graph: GraphWriter) {
  const kernel = node.ints('kernel_shape');
  const spatial = image.shape.slice(2);
  if (spatial.length < 1 || spatial.length > 3 || kernel.length !== spatial.length) {
    throw new RangeError(`expected a window of 1 to 3 sizes for the shape [${image.shape}], got [${kernel}]`);
  }
  const windows = readWindows(node, kernel, spatial);
  if (windows.some((window) => Math.max(window.before, window.after) >= reachOf(window))) {
    throw new RangeError('expected less at the borders than a window reaches');
  }
  const isCeil = node.int('ceil_mode', 0) === 1;
  const places = spatial.map((size, axis) => slide(windows[axis]!, size, graph.newSize, isCeil));
  return { windows, shape: [...image.shape.slice(0, 2), ...places], isCeil };
}

type Pad = readonly [before: number, after: number];

/**
 * What has to be added at each border for as many places as there are to be: more than the file says where the last is cut.
 *
 * @throws RangeError if that depends on a size that is open.
 */
function padsToGo(
  windows: readonly Window[],
  spatial: readonly Size[],
  places: readonly Size[],
  isCeil: boolean,
): Pad[] {
  return windows.map((window, axis) => {
    const { before, after, stride } = window;
    const [size, count] = [spatial[axis], places[axis]];
    if (typeof size === 'number' && typeof count === 'number') {
      return [before, Math.max((count - 1) * stride + reachOf(window) - size - before, 0)];
    }
    if (!isCeil) return [before, after];
    if (after + stride > reachOf(window)) throw new RangeError('expected sizes that are known in ceil_mode');
    return [before, after + stride - 1];
  });
}

function isZero(pads: readonly (readonly number[])[]): boolean {
  return pads.flat().every((size) => size === 0);
}

/** Pools along 1 to 3 axes; a line as an image of one row. */
function pool(
  graph: GraphWriter,
  op: 'MaxPool' | 'AvgPool',
  input: Output,
  windows: readonly Window[],
): Output {
  const isLine = windows.length === 1;
  const row = isLine ? [1] : [];
  const output = graph.put(
    windows.length === 3 ? `${op}3D` : op,
    [isLine ? graph.put('ExpandDims', [input, graph.int(1)]) : input],
    {
      ksize: [1, ...row, ...windows.map(({ size }) => size), 1],
      strides: [1, ...row, ...windows.map(({ stride }) => stride), 1],
      padding: 'VALID',
    },
  );
  return isLine ? graph.put('Squeeze', [output], { squeeze_dims: [1] }) : output;
}

const MOST_CUTS = 1024;

/** The largest of each window whose values do not lie side by side: of as many cut-outs as it has values. */
function takeLargest(
  graph: GraphWriter,
  input: Output,
  windows: readonly Window[],
  shape: readonly Size[],
): Output {
  const places = shape.slice(2);
  if (!isKnown(places)) throw new Error('expected sizes that are known where there is dilation');
  const count = windows.reduce((product, { size }) => product * size, 1);
  if (count > MOST_CUTS)
    throw new RangeError(`expected a window of at most ${MOST_CUTS} values where there is dilation`);
  const strides = graph.ints([1, ...windows.map(({ stride }) => stride), 1]);
  const mask = 1 | (1 << (windows.length + 1));
  let largest: Output | undefined;
  for (let index = 0; index < count; index++) {
    let rest = index;
    const begin = windows.map(({ size, dilation }) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at * dilation;
    });
    const end = begin.map((at, axis) => at + (places[axis]! - 1) * windows[axis]!.stride + 1);
    const cut = graph.put(
      'StridedSlice',
      [input, graph.ints([0, ...begin, 0]), graph.ints([0, ...end, 0]), strides],
      {
        begin_mask: mask,
        end_mask: mask,
      },
    );
    largest = largest ? graph.put('Maximum', [largest, cut]) : cut;
  }
  return largest!;
}

/** For each place of a window, how many values it has to how many of those count. */
function countFactors(
  windows: readonly Window[],
  spatial: readonly number[],
  places: readonly number[],
  counted: readonly Pad[],
): number[] {
  const perAxis = windows.map((window, axis) =>
    Array.from({ length: places[axis]! }, (_, place) => {
      const start = place * window.stride - window.before;
      const [first, last] = [-counted[axis]![0], spatial[axis]! + counted[axis]![1]];
      return window.size / (Math.min(start + window.size, last) - Math.max(start, first));
    }),
  );
  return perAxis.reduce<number[]>((all, own) => all.flatMap((a) => own.map((b) => a * b)), [1]);
}
