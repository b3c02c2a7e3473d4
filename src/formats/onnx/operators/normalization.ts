import type { GraphWriter } from '../graph/createGraphWriter';
import { arrange, isKnown, type Output, requireAxis, type Value } from '../graph/Value';
import { addBias } from './convolve';
import { type Operator, type Operators, required } from './Operator';

const BatchNormalization: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const [scale, offset, mean, variance] = [1, 2, 3, 4].map((index) => graph.read(required(inputs, index)));
  if (node.int('training_mode', 0) === 1)
    throw new Error('it is in training mode; export the network in evaluation mode');
  const rank = value.shape.length;
  let input = graph.read(value, 'last');
  // The operation has four axes: a volume is taken as a long image.
  if (rank > 4) input = graph.put('Reshape', [input, graph.ints([-1, 1, 1, channelsOf(value)])]);
  let output = graph.put('FusedBatchNormV3', [input, scale!, offset!, mean!, variance!], {
    epsilon: node.float('epsilon', 1e-5),
    is_training: false,
  });
  if (rank > 4) output = graph.reshape(output, arrange(value.shape, 'last'));
  return { ...plain(value), layout: 'last', output };
};

const InstanceNormalization: Operator = (node, inputs, graph) => {
  const [value, scale, offset] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)];
  const axes = Array.from({ length: value.shape.length - 2 }, (_, axis) => axis + 1);
  const normal = standardize(graph, graph.read(value, 'last'), axes, node.float('epsilon', 1e-5));
  const output = graph.put('AddV2', [graph.put('Mul', [normal, graph.read(scale)]), graph.read(offset)]);
  return { ...plain(value), layout: 'last', output };
};

const LayerNormalization: Operator = (node, inputs, graph) => {
  const [value, scale, offset] = [required(inputs, 0), required(inputs, 1), inputs[2]];
  if (node.outputCount > 1) throw new Error('its mean and its deviation, further outputs, are not converted');
  const rank = value.shape.length;
  const first = requireAxis(node.int('axis', -1), rank);
  const axes = Array.from({ length: rank - first }, (_, axis) => first + axis);
  const normal = standardize(graph, graph.read(value), axes, node.float('epsilon', 1e-5));
  const output = addBias(graph, graph.put('Mul', [normal, graph.read(scale)]), offset);
  return { ...plain(value), layout: 'file', output };
};

/** Before opset 21 a scale and an offset a group, since then a channel. */
const GroupNormalization: Operator = (node, inputs, graph) => {
  const [value, scale, offset] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)];
  const groups = node.int('num_groups');
  const channels = channelsOf(value);
  const perGroup = channels / groups;
  if (!Number.isInteger(perGroup))
    throw new RangeError(`expected ${channels} channels in groups of one size, got ${groups} groups`);
  const lying = arrange(value.shape, 'last');
  const spatial = lying.slice(1, -1);
  const apart = graph.reshape(graph.read(value, 'last'), [lying[0]!, ...spatial, groups, perGroup]);
  const axes = [...spatial.map((_, axis) => axis + 1), spatial.length + 2];
  let output = standardize(graph, apart, axes, node.float('epsilon', 1e-5));
  if (node.opset < 21) {
    const [factor, term] = [scale, offset].map((own) =>
      graph.put('ExpandDims', [graph.read(own), graph.int(1)]),
    );
    output = graph.put('AddV2', [graph.put('Mul', [output, factor!]), term!]);
  }
  output = graph.reshape(output, lying);
  if (node.opset >= 21)
    output = graph.put('AddV2', [graph.put('Mul', [output, graph.read(scale)]), graph.read(offset)]);
  return { ...plain(value), layout: 'last', output };
};

const LRN: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const size = node.int('size');
  if (value.shape.length !== 4) throw new RangeError(`expected an image of four axes, got [${value.shape}]`);
  if (size % 2 === 0)
    throw new RangeError(`expected an odd size, got ${size}: tfjs takes as many channels on both sides`);
  const output = graph.put('LRN', [graph.read(value, 'last')], {
    depth_radius: (size - 1) / 2,
    bias: node.float('bias', 1),
    // ONNX divides by the number of channels.
    alpha: node.float('alpha', 1e-4) / size,
    beta: node.float('beta', 0.75),
  });
  return { ...plain(value), layout: 'last', output };
};

/** Divides by the root of the sum of squares along an axis, or by the sum of amounts. */
const LpNormalization: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const axis = requireAxis(node.int('axis', -1), value.shape.length);
  const input = graph.read(value);
  const isSum = node.int('p', 2) === 1;
  const amounts = graph.put(isSum ? 'Abs' : 'Square', [input]);
  const sum = graph.put('Sum', [amounts, graph.ints([axis])], { keep_dims: true });
  return {
    ...plain(value),
    layout: 'file',
    output: graph.put('RealDiv', [input, isSum ? sum : graph.put('Sqrt', [sum])]),
  };
};

export const normalizationOperators: Operators = {
  BatchNormalization,
  InstanceNormalization,
  LayerNormalization,
  GroupNormalization,
  LRN,
  LpNormalization,
};

/** Takes the mean of some axes away, and divides by the deviation. */
function standardize(graph: GraphWriter, input: Output, axes: readonly number[], epsilon: number): Output {
  const all = graph.ints(axes);
  const mean = graph.put('Mean', [input, all], { keep_dims: true });
  const centred = graph.put('Sub', [input, mean]);
  const variance = graph.put('Mean', [graph.put('Square', [centred]), all], { keep_dims: true });
  const factor = graph.put('Rsqrt', [graph.put('AddV2', [variance, graph.float(epsilon)])]);
  return graph.put('Mul', [centred, factor]);
}

function plain({ type, shape }: Value): Pick<Value, 'type' | 'shape'> {
  return { type, shape };
}

function channelsOf({ shape }: Value): number {
  const channels = shape.slice(1, 2);
  if (isKnown(channels) && channels.length === 1) return channels[0]!;
  throw new RangeError(`expected a number of channels that is known, got the shape [${shape}]`);
}
