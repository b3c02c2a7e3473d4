import type { GraphWriter } from '../graph/createGraphWriter';
import { isKnown, type Output, type Size, type Value } from '../graph/Value';
import { convolve } from './convolve';
import { type Operator, type Operators, required } from './Operator';
import { transposedConvolve } from './transposedConvolve';
import { readWindows, slide } from './windows';

/**
 * Reads what a convolution has: an image with its channels last, 1-D ones as images of one row, a kernel of known sizes.
 *
 * @throws RangeError if the shapes do not fit.
 */
const Conv: Operator = (node, inputs, graph) => {
  const [image, kernel, bias] = [required(inputs, 0), required(inputs, 1), inputs[2]];
  const sizes = requireKernel(image, kernel);
  const groups = node.int('group', 1);
  const [outputs, perGroup] = sizes as [number, number];
  const channels = image.shape[1]!;
  const isRight =
    groups >= 1 && outputs % groups === 0 && (typeof channels === 'string' || channels === perGroup * groups);
  if (!isRight) {
    throw new RangeError(
      `expected kernels for ${channels} channels in ${groups} groups, got the shape [${sizes}]`,
    );
  }
  const spatial = image.shape.slice(2);
  const windows = readWindows(node, sizes.slice(2), spatial);
  const shape = [
    image.shape[0]!,
    outputs,
    ...spatial.map((size, axis) => slide(windows[axis]!, size, graph.newSize)),
  ];
  const isLine = spatial.length === 1;
  const still = { size: 1, stride: 1, dilation: 1, before: 0, after: 0 };
  const output = convolve(graph, {
    input: isLine ? addRow(graph, image) : graph.read(image, 'last'),
    kernel,
    sizes: isLine ? [outputs, perGroup, 1, sizes[2]!] : sizes,
    bias,
    groups,
    windows: isLine ? [still, ...windows] : windows,
    isImage: spatial.length === 2,
  });
  return {
    type: image.type,
    shape,
    layout: 'last',
    output: isLine ? graph.put('Squeeze', [output], { squeeze_dims: [1] }) : output,
  };
};

const ConvTranspose: Operator = (node, inputs, graph) => {
  const [image, kernel, bias] = [required(inputs, 0), required(inputs, 1), inputs[2]];
  const sizes = requireKernel(image, kernel);
  const groups = node.int('group', 1);
  const spatial = image.shape.slice(2);
  if (
    groups < 1 ||
    sizes[0]! % groups !== 0 ||
    (typeof image.shape[1] === 'number' && image.shape[1] !== sizes[0])
  ) {
    throw new RangeError(
      `expected kernels for ${image.shape[1]} channels in ${groups} groups, got the shape [${sizes}]`,
    );
  }
  const { output, grown } = transposedConvolve(node, graph, { image, kernel, sizes, bias, groups, spatial });
  return { type: image.type, shape: [image.shape[0]!, sizes[1]! * groups, ...grown], layout: 'last', output };
};

export const convolutionOperators: Operators = { Conv, ConvTranspose };

/** An image of one row: what a line is, channels last. */
function addRow(graph: GraphWriter, line: Value): Output {
  return graph.put('ExpandDims', [graph.read(line, 'last'), graph.int(1)]);
}

function requireKernel(image: Value, kernel: Value): readonly number[] {
  const { length } = image.shape;
  const sizes: readonly Size[] = kernel.shape;
  if (length < 3 || length > 5)
    throw new RangeError(`expected an input of 1 to 3 axes besides channels, got [${image.shape}]`);
  if (!isKnown(sizes) || sizes.length !== length) {
    throw new RangeError(`expected a kernel of ${length} known sizes, got [${kernel.shape}]`);
  }
  return sizes;
}
