import type { OnnxGraph, OnnxSize } from './file/OnnxModel';
import type { Layout } from './graph/Value';

/** They read an image, channels second. */
const READS_IMAGE =
  /^(Conv|ConvTranspose|QLinearConv|ConvInteger|MaxPool|AveragePool|Global\w+Pool|BatchNormalization|InstanceNormalization|GroupNormalization|LRN|Resize|Upsample|DepthToSpace|SpaceToDepth)$/;
/** They put out an image as they read it. */
const KEEPS =
  /^(Add|Sub|Mul|Div|Pow|Clip|Cast|Identity|Dropout|Pad|Relu|LeakyRelu|Sigmoid|Tanh|Sqrt|Neg|Abs|Concat|Slice|Split|QuantizeLinear|DequantizeLinear)$/;

/**
 * Says how an input of a graph is to be given: an image with its channels last, as everywhere else, and anything else as the
 * file has it.
 *
 * An image is what goes, step by step, into a convolution or the like; of four axes also what has 1, 3 or 4 channels.
 */
export function chooseLayout({ nodes }: OnnxGraph, name: string, shape: readonly OnnxSize[]): Layout {
  if (shape.length < 3) return 'file';
  const reached = new Set([name]);
  for (const { op, inputs, outputs } of nodes) {
    const [first] = inputs;
    if (first !== undefined && reached.has(first) && READS_IMAGE.test(op)) return 'last';
    if (KEEPS.test(op) && inputs.some((input) => reached.has(input)))
      for (const output of outputs) reached.add(output);
  }
  const isTransposed = nodes.some(({ op, inputs }) => op === 'Transpose' && reached.has(inputs[0]!));
  if (shape.length !== 4 || isTransposed) return 'file';
  return isFew(shape[1]) && !isFew(shape[3]) ? 'last' : 'file';
}

function isFew(size: OnnxSize): boolean {
  return size === 1 || size === 3 || size === 4;
}
