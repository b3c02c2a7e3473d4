import { decodeNumbers, isFloat } from '../file/elementTypes';
import type { GraphWriter } from '../graph/createGraphWriter';
import type { FileNode } from '../graph/FileNode';
import { stepsOf } from '../graph/moveAxes';
import { toTensor } from '../graph/toTensor';
import { arrange, numbersOf, type Output, type Size, type Value } from '../graph/Value';
import { addBias } from './convolve';
import { padWith } from './padding';
import { reachOf, readWindows, type Window } from './windows';

interface TransposedConvolution {
  readonly image: Value;
  readonly kernel: Value;
  /** Of the kernel: inputs, outputs of a group, and its window. */
  readonly sizes: readonly number[];
  readonly bias: Value | undefined;
  readonly groups: number;
  readonly spatial: readonly Size[];
}

/** A window, and how much the image grows by it: to so many times its size, and by a fixed number. */
interface Growth extends Window {
  readonly more: number;
}

/** Writes a transposed convolution; one of lines as one of images of one row. */
export function transposedConvolve(
  node: FileNode,
  graph: GraphWriter,
  convolution: TransposedConvolution,
): { readonly output: Output; readonly grown: readonly Size[] } {
  const { image, bias, groups, spatial } = convolution;
  const growths = readGrowths(node, convolution.sizes.slice(2), spatial);
  const grown = spatial.map((size, axis) => grow(growths[axis]!, size, graph.newSize));
  const { kernel, sizes } = spread(convolution, growths);
  const [outputs, ...window] = sizes.slice(1) as [number, ...number[]];
  const isLine = window.length === 1;
  const lined = isLine ? [1, ...window] : window;
  const still: Growth = { size: 1, stride: 1, dilation: 1, before: 0, after: 0, more: 0 };
  const steps = isLine ? [still, ...growths] : growths;
  let input = graph.read(image, 'last');
  if (isLine) input = graph.put('ExpandDims', [input, graph.int(1)]);
  const isDeep = lined.length === 3;
  const weights = graph.readArranged(kernel, {
    from: [sizes[0]!, outputs, ...lined],
    order: isDeep ? [2, 3, 4, 0, 1] : [2, 3, 1, 0],
  });
  if (spatial.length === 2) graph.markKernel(weights, 'transposed');
  const run = (part: Output, ownKernel: Output) =>
    isDeep
      ? runDeep(graph, part, ownKernel, steps, [
          ...arrange(image.shape, 'last').slice(0, -1),
          sizes[0]! / groups,
        ])
      : runFlat(
          graph,
          part,
          ownKernel,
          steps,
          outputs,
          numbersOf([image.shape[0]!, ...(isLine ? [1] : []), ...grown, outputs]),
        );
  let output: Output;
  if (groups === 1) output = run(input, weights);
  else {
    const last = graph.int(lined.length + 1);
    const parts = graph.put('Split', [last, input], { num_split: groups });
    const kernels = graph.put('Split', [graph.int(isDeep ? 3 : lined.length + 1), weights], {
      num_split: groups,
    });
    const results = Array.from({ length: groups }, (_, group) =>
      run(graph.nth(parts, group), graph.nth(kernels, group)),
    );
    output = graph.put('ConcatV2', [...results, last], { N: groups });
  }
  output = addBias(graph, output, bias);
  return { output: isLine ? graph.put('Squeeze', [output], { squeeze_dims: [1] }) : output, grown };
}

/** @throws RangeError if the settings are none of a transposed convolution. */
function readGrowths(node: FileNode, kernel: readonly number[], spatial: readonly Size[]): Growth[] {
  const auto = node.text('auto_pad', 'NOTSET');
  const isSame = /^SAME/.test(auto);
  // What auto_pad means here depends on other sizes.
  const windows = readWindows(
    node,
    kernel,
    kernel.map(() => 1),
  );
  const wanted = node.ints('output_shape').slice(-kernel.length);
  const extras = node.ints('output_padding');
  return windows.map((window, axis) => {
    const extra = extras[axis] ?? 0;
    const more = extra + reachOf(window) - window.stride;
    if (!isSame && wanted.length === 0) return { ...window, more: more - window.before - window.after };
    const size = spatial[axis];
    if (wanted.length > 0 && typeof size !== 'number')
      throw new RangeError('expected a size that is known, since output_shape depends on it');
    const total = wanted.length > 0 ? Number(size) * window.stride + more - wanted[axis]! : more;
    const [less, rest] = [Math.floor(total / 2), Math.ceil(total / 2)];
    const [before, after] = auto === 'SAME_UPPER' ? [less, rest] : [rest, less];
    return { ...window, before, after, more: more - total };
  });
}

function grow({ stride, more }: Growth, size: Size, newSize: () => string): Size {
  if (typeof size === 'string') return stride === 1 && more === 0 ? size : newSize();
  return size * stride + more;
}

const MOST_SPREAD = 2 ** 24;

/** TensorFlow has no dilation here: the kernel gets zeros between its values. */
function spread(
  { kernel, sizes }: TransposedConvolution,
  windows: readonly Window[],
): Pick<TransposedConvolution, 'kernel' | 'sizes'> {
  if (windows.every(({ dilation }) => dilation === 1)) return { kernel, sizes };
  if (!kernel.constant || !isFloat(kernel.type))
    throw new RangeError('expected a constant kernel where there is dilation');
  const wide = [...sizes.slice(0, 2), ...windows.map(reachOf)];
  const [steps, wideSteps] = [stepsOf(sizes), stepsOf(wide)];
  const count = wide.reduce((a, b) => a * b, 1);
  if (count > MOST_SPREAD)
    throw new RangeError(`expected a kernel that reaches less far, got one of [${wide}]`);
  const spreadOut = new Float32Array(count);
  decodeNumbers(kernel.constant.type, kernel.constant.bytes).forEach((value, index) => {
    const place = sizes.reduce((sum, size, axis) => {
      const at = Math.floor(index / steps[axis]!) % size;
      return sum + at * (windows[axis - 2]?.dilation ?? 1) * wideSteps[axis]!;
    }, 0);
    spreadOut[place] = value;
  });
  const constant = toTensor('float', wide, spreadOut, kernel.constant.name);
  return { kernel: { type: 'float', shape: wide, layout: 'file', constant }, sizes: wide };
}

function runFlat(
  graph: GraphWriter,
  input: Output,
  weights: Output,
  growths: readonly Growth[],
  outputs: number,
  known: readonly number[] | undefined,
): Output {
  const factors = graph.ints([1, ...growths.map(({ stride }) => stride), 0]);
  const terms = graph.ints([0, ...growths.map(({ more }) => more), outputs]);
  const shape = known
    ? graph.ints(known)
    : graph.put('AddV2', [graph.put('Mul', [graph.put('Shape', [input]), factors]), terms]);
  const pads = growths.flatMap(({ before, after }) => [before, after]);
  const isPadded = pads.some((size) => size !== 0);
  return graph.put('Conv2DBackpropInput', [shape, weights, input], {
    strides: [1, ...growths.map(({ stride }) => stride), 1],
    padding: isPadded ? 'EXPLICIT' : 'VALID',
    ...(isPadded && { explicit_paddings: [0, 0, ...pads, 0, 0] }),
  });
}

/** A convolution with the kernel turned round, of an image with zeros between its values: tfjs-converter has no other in 3-D. */
function runDeep(
  graph: GraphWriter,
  input: Output,
  weights: Output,
  growths: readonly Growth[],
  shape: readonly Size[],
): Output {
  const known = numbersOf(shape.slice(1));
  if (!known) throw new RangeError('expected sizes that are known in a transposed convolution of 3 axes');
  const sizes = [1, ...known];
  let wide = input;
  growths.forEach(({ stride }, index) => {
    if (stride === 1) return;
    const axis = index + 1;
    const inner = sizes.slice(axis + 1).reduce((a, b) => a * b, 1);
    const apart = graph.put('Reshape', [wide, graph.ints([-1, 1, inner])]);
    const filled = graph.put('PadV2', [
      apart,
      graph.ints([0, 0, 0, stride - 1, 0, 0], [3, 2]),
      graph.float(0),
    ]);
    sizes[axis] = sizes[axis]! * stride;
    wide = graph.put('Reshape', [filled, graph.ints([-1, ...sizes.slice(1)])]);
  });
  const pads = growths.map(
    (growth) => [reachOf(growth) - 1 - growth.before, growth.more + growth.before] as const,
  );
  const turned = graph.put('ReverseV2', [weights, graph.ints([0, 1, 2])]);
  return graph.put('Conv3D', [padWith(graph, wide, pads, 0), turned], {
    strides: [1, 1, 1, 1, 1],
    dilations: [1, 1, 1, 1, 1],
    data_format: 'NDHWC',
    padding: 'VALID',
  });
}
