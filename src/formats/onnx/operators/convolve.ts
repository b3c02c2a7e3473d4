import type { GraphWriter } from '../graph/createGraphWriter';
import type { Output, Value } from '../graph/Value';
import type { Window } from './windows';

export interface Convolution {
  /** Channels last, of 4 axes or 5. */
  readonly input: Output;
  readonly kernel: Value;
  /** Of the kernel: outputs, inputs of a group, and its window. */
  readonly sizes: readonly number[];
  readonly bias: Value | undefined;
  readonly groups: number;
  readonly windows: readonly Window[];
  /** Whether it is two-dimensional as the file has it. */
  readonly isImage: boolean;
}

/** Writes a convolution of any number of groups. */
export function convolve(graph: GraphWriter, convolution: Convolution): Output {
  const { input, kernel, sizes, bias, groups, windows, isImage } = convolution;
  const [outputs, perGroup, ...window] = sizes as [number, number, ...number[]];
  const isFlat = window.length === 2;
  const axes = window.map((_, axis) => axis + 2);
  if (groups > 1 && perGroup === 1 && isFlat) {
    // TensorFlow has the outputs of one channel side by side, as ONNX has them one behind the other.
    const from = [groups, outputs / groups, ...window];
    const weights = graph.readArranged(kernel, { from, order: [2, 3, 0, 1] });
    if (isImage) graph.markKernel(weights, 'depthwise');
    return run(graph, 'depthwise', input, weights, bias, windows);
  }
  const weights = graph.readArranged(kernel, { from: sizes, order: [...axes, 1, 0] });
  if (isImage) graph.markKernel(weights, 'plain');
  if (groups === 1) return run(graph, isFlat ? 'flat' : 'deep', input, weights, bias, windows);
  const last = graph.int(window.length + 1);
  const parts = graph.put('Split', [last, input], { num_split: groups });
  const kernels = graph.put('Split', [last, weights], { num_split: groups });
  const results = Array.from({ length: groups }, (_, group) =>
    run(
      graph,
      isFlat ? 'flat' : 'deep',
      graph.nth(parts, group),
      graph.nth(kernels, group),
      undefined,
      windows,
    ),
  );
  return addBias(graph, graph.put('ConcatV2', [...results, last], { N: groups }), bias);
}

export function addBias(graph: GraphWriter, output: Output, bias: Value | undefined): Output {
  return bias ? graph.put('AddV2', [output, graph.read(bias)]) : output;
}

const OPERATIONS = {
  flat: { plain: 'Conv2D', fused: '_FusedConv2D' },
  depthwise: { plain: 'DepthwiseConv2dNative', fused: 'FusedDepthwiseConv2dNative' },
  deep: { plain: 'Conv3D', fused: undefined },
} as const;

function run(
  graph: GraphWriter,
  kind: keyof typeof OPERATIONS,
  input: Output,
  weights: Output,
  bias: Value | undefined,
  windows: readonly Window[],
): Output {
  // tfjs has no convolution with both: one without a stride is computed, and every so manyth value of it taken.
  const isBoth = windows.some(({ stride }) => stride > 1) && windows.some(({ dilation }) => dilation > 1);
  const strides = windows.map(({ stride }) => (isBoth ? 1 : stride));
  const dilations = windows.map(({ dilation }) => dilation);
  const pads = windows.map(({ before, after }) => [before, after] as const);
  const { plain, fused } = OPERATIONS[kind];
  const isPadded = pads.flat().some((size) => size !== 0);
  // The operations of planes pad themselves, unless values are to be cut off.
  const isExplicit = isPadded && kind !== 'deep' && pads.flat().every((size) => size >= 0);
  const padded = isPadded && !isExplicit ? padWith(graph, input, pads, 0) : input;
  const settings = {
    strides: [1, ...strides, 1],
    dilations: [1, ...dilations, 1],
    data_format: kind === 'deep' ? 'NDHWC' : 'NHWC',
    padding: isExplicit ? 'EXPLICIT' : 'VALID',
    ...(isExplicit && { explicit_paddings: [0, 0, ...pads.flat(), 0, 0] }),
  };
  let output =
    bias && fused
      ? graph.put(fused, [padded, weights, graph.read(bias)], {
          ...settings,
          fused_ops: ['BiasAdd'],
          num_args: 1,
        })
      : addBias(graph, graph.put(plain, [padded, weights], settings), bias);
  if (isBoth)
    output = takeEvery(
      graph,
      output,
      windows.map(({ stride }) => stride),
    );
  return output;
}

/** Adds values at the borders of what lies channels last, or cuts some off where there are fewer than none to add. */
export function padWith(
  graph: GraphWriter,
  input: Output,
  pads: readonly (readonly [number, number])[],
  value: number,
): Output {
  const all = [[0, 0], ...pads, [0, 0]] as const;
  let output = input;
  if (pads.flat().some((size) => size > 0)) {
    const more = all.flat().map((size) => Math.max(0, size));
    output = graph.put('PadV2', [input, graph.ints(more, [all.length, 2]), graph.float(value)]);
  }
  if (pads.flat().every((size) => size >= 0)) return output;
  const begin = all.map(([before]) => Math.max(0, -before));
  const end = all.map(([, after]) => Math.min(0, after));
  const open = end.reduce((mask, size, axis) => (size === 0 ? mask | (1 << axis) : mask), 0);
  return graph.put(
    'StridedSlice',
    [output, graph.ints(begin), graph.ints(end), graph.ints(all.map(() => 1))],
    { end_mask: open },
  );
}

/** Of each axis between the first and the last every so manyth value. */
function takeEvery(graph: GraphWriter, input: Output, strides: readonly number[]): Output {
  const steps = [1, ...strides, 1];
  const none = graph.ints(steps.map(() => 0));
  const mask = 2 ** steps.length - 1;
  return graph.put('StridedSlice', [input, none, none, graph.ints(steps)], {
    begin_mask: mask,
    end_mask: mask,
  });
}
