import { add, conv2d, depthwiseConv2d, matMul, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { ACTIVATION_FUNCTION } from './findConvolutions';
import type { GraphNode } from './readNodes';

/** What goes into a node's activation function. */
export interface NodeSplit {
  /** The function's name, in small letters: `'relu'`. */
  readonly name: string;
  /** The outputs of nodes that it is computed from. */
  readonly reads: readonly string[];
  compute(values: readonly Tensor[]): Tensor;
}

type Padding = 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];

/**
 * Finds what goes into a node's activation function: what an activation function reads, and a fused operation without its
 * function, computed again.
 *
 * @returns `undefined` if the node has none.
 */
export function splitNode(node: GraphNode): NodeSplit | undefined {
  if (ACTIVATION_FUNCTION.test(node.op)) {
    return { name: node.op.toLowerCase(), reads: [node.inputNames[0]!], compute: ([value]) => value! };
  }
  // What is added comes first, the activation function second, as tfjs-converter reads them.
  const [added, name] = read<readonly string[]>(node, 'fusedOps') ?? [];
  const run = name === undefined ? undefined : FUSED[node.op];
  if (name === undefined || !run) return undefined;
  const hasBias = added === 'biasadd';
  return {
    name,
    reads: node.inputNames.slice(0, hasBias ? 3 : 2),
    compute: ([input, weights, bias]) => {
      const values = run(node, input!, weights!);
      return bias ? add(values, bias) : values;
    },
  };
}

const FUSED: Readonly<Record<string, (node: GraphNode, input: Tensor, weights: Tensor) => Tensor>> = {
  _FusedConv2D: (node, input, weights) => conv2d(input as Tensor4D, weights as Tensor4D, ...settingsOf(node)),
  FusedDepthwiseConv2dNative: (node, input, weights) =>
    depthwiseConv2d(input as Tensor4D, weights as Tensor4D, ...settingsOf(node)),
  _FusedMatMul: (node, input, weights) =>
    matMul(input, weights, read<boolean>(node, 'transposeA'), read<boolean>(node, 'transposeB')),
};

/** Of a convolution: strides, padding, order of the axes, and dilations. */
function settingsOf(node: GraphNode) {
  const [, strideY, strideX] = read<number[]>(node, 'strides')!;
  const [, dilationY, dilationX] = read<number[]>(node, 'dilations')!;
  const format = read<string>(node, 'dataFormat')!.toUpperCase() as 'NHWC' | 'NCHW';
  const strides: [number, number] = [strideY!, strideX!];
  const dilations: [number, number] = [dilationY!, dilationX!];
  return [strides, paddingOf(node), format, dilations] as const;
}

function paddingOf(node: GraphNode): Padding {
  const padding = read<string>(node, 'pad')!;
  if (padding !== 'explicit') return padding as 'same' | 'valid';
  const sides = read<number[]>(node, 'explicitPaddings')!;
  return [0, 2, 4, 6].map((at) => [sides[at]!, sides[at + 1]!]) as Exclude<Padding, string>;
}

function read<Value>({ attrParams }: GraphNode, name: string): Value | undefined {
  return attrParams[name]?.value as Value | undefined;
}
