import { numbersOf } from '../graph/Value';
import { type Operator, type Operators, required } from './Operator';

/** Blocks of channels become blocks of pixels. */
const DepthToSpace: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const size = node.int('blocksize');
  const [batch, depth, ...spatial] = value.shape;
  const channels = Number(depth) / (size * size);
  if (spatial.length !== 2 || !Number.isInteger(channels)) {
    throw new RangeError(`expected an image of channels in blocks of ${size * size}, got [${value.shape}]`);
  }
  let input = graph.read(value, 'last');
  if (node.text('mode', 'DCR') === 'CRD') {
    // The blocks of one channel side by side: the operation has the channels of one block side by side.
    const order = Array.from(
      { length: Number(depth) },
      (_, at) => (at % channels) * size * size + Math.floor(at / channels),
    );
    input = graph.put('GatherV2', [input, graph.ints(order), graph.int(3)]);
  }
  const shape = [
    batch!,
    channels,
    ...spatial.map((own) => (typeof own === 'number' ? own * size : graph.newSize())),
  ];
  const output = graph.put('DepthToSpace', [input], { block_size: size, data_format: 'NHWC' });
  return { type: value.type, shape, layout: 'last', output };
};

/** Blocks of pixels become blocks of channels. */
const SpaceToDepth: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const size = node.int('blocksize');
  const [batch, ...rest] = value.shape;
  const known = numbersOf(rest);
  if (known?.length !== 3 || known[1]! % size !== 0 || known[2]! % size !== 0) {
    throw new RangeError(`expected an image in blocks of ${size} by ${size} pixels, got [${value.shape}]`);
  }
  const [channels, height, width] = known as [number, number, number];
  const [rows, columns] = [height / size, width / size];
  const apart = graph.put('Reshape', [
    graph.read(value, 'last'),
    graph.ints([-1, rows, size, columns, size, channels]),
  ]);
  const moved = graph.put('Transpose', [apart, graph.ints([0, 1, 3, 2, 4, 5])]);
  const depth = size * size * channels;
  const output = graph.put('Reshape', [moved, graph.ints([-1, rows, columns, depth])]);
  return { type: value.type, shape: [batch!, depth, rows, columns], layout: 'last', output };
};

export const blockOperators: Operators = { DepthToSpace, SpaceToDepth };
