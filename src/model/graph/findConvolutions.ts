import type { GraphNode } from './readNodes';

const CONVOLUTION =
  /^(_FusedConv2D|FusedDepthwiseConv2dNative|Conv[123]D|DepthwiseConv2d(Native)?|Conv2DBackpropInput|Conv2dTranspose)$/;

/** What a layer of Keras does behind its convolution: dilation undone, the bias, the activation function. */
const UNDILATE = /^BatchToSpaceND$/;
const ADD = /^(BiasAdd|Add|AddV2)$/;
export const ACTIVATION_FUNCTION = /^(Relu|Relu6|LeakyRelu|Elu|Selu|Prelu|Sigmoid|Tanh|Softplus)$/;

/** The same in ONNX, where each is a node whatever it becomes. */
const ONNX_CONVOLUTION = /^(Conv|ConvTranspose|ConvInteger|QLinearConv)$/;
const ONNX_ACTIVATION_FUNCTION = /^(Celu|Elu|Gelu|HardSigmoid|HardSwish|Mish|Softsign|ThresholdedRelu)$/;

/** Whether a node is a convolution, fused with what follows it or not. */
export function isConvolution({ op, className }: GraphNode): boolean {
  return className === undefined ? CONVOLUTION.test(op) : ONNX_CONVOLUTION.test(className);
}

function isActivationFunction({ op, className = '' }: GraphNode): boolean {
  return ACTIVATION_FUNCTION.test(op) || ONNX_ACTIVATION_FUNCTION.test(className);
}

/**
 * Finds the convolutions of a graph, each by the last node of what was one layer: the convolution, the bias and the
 * activation function are nodes of their own unless the converter has fused them.
 *
 * @param nodes From `readNodes`.
 * @returns In the order of the convolutions.
 */
export function findConvolutions(nodes: readonly GraphNode[]): GraphNode[] {
  return [...new Set(pairConvolutions(nodes).map(({ end }) => end))];
}

/** The same, with the convolution that stands at the other end of each. */
export function pairConvolutions(
  nodes: readonly GraphNode[],
): { readonly convolution: GraphNode; readonly end: GraphNode }[] {
  const depending = new Set(nodes);
  return nodes.filter(isConvolution).map((convolution) => {
    let node = follow(convolution, ({ op }) => UNDILATE.test(op));
    node = follow(
      node,
      (next) => ADD.test(next.op) && next.inputs.filter((input) => depending.has(input)).length === 1,
    );
    return { convolution, end: follow(node, isActivationFunction) };
  });
}

/** The node's only reader, if it is what is looked for. */
function follow(node: GraphNode, isNext: (next: GraphNode) => boolean): GraphNode {
  const [next, another] = node.children;
  return next && !another && isNext(next) ? next : node;
}
