import type { ConvolutionKernel, KernelKind } from '../selection/ConvolutionKernel';
import { isConvolution } from './findConvolutions';
import { type GraphModelLike, requireLiveGraph } from './GraphModelLike';
import { constantBehind } from './listNodes';
import { readNodes } from './readNodes';

/** Does what `findKernels` does for a graph model: the second thing that a convolution reads is its kernel. */
export function findNodeKernels(model: GraphModelLike): Map<string, ConvolutionKernel> {
  requireLiveGraph(model);
  return new Map(
    readNodes(model).flatMap((node) => {
      const constant = isConvolution(node) && node.inputs[1] && constantBehind(node.inputs[1]);
      const [kernel] = (constant && model.weights[constant.name]) || [];
      if (kernel?.shape.length !== 4) return [];
      return [[node.name, { kind: kindOf(node.op), tensor: kernel }] as const];
    }),
  );
}

function kindOf(op: string): KernelKind {
  if (/Depthwise/.test(op)) return 'depthwise';
  return /^(Conv2DBackpropInput|Conv2dTranspose)$/.test(op) ? 'transposed' : 'plain';
}
