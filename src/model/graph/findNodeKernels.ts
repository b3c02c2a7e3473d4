import type { ConvolutionKernel, KernelKind } from '../selection/ConvolutionKernel';
import { constantBehind } from './constants';
import { isConvolution } from './findConvolutions';
import { type GraphModelLike, requireLiveGraph } from './GraphModelLike';
import { type GraphNode, readNodes } from './readNodes';

/** Does what `findKernels` does for a graph model: the second thing that a convolution reads is its kernel. */
export function findNodeKernels(model: GraphModelLike): Map<string, ConvolutionKernel> {
  requireLiveGraph(model);
  return new Map(
    readNodes(model).flatMap((node) => {
      if (!isConvolution(node)) return [];
      const { name, kind } = node.className === undefined ? findKernel(node) : readKernel(node);
      const [kernel] = (name !== undefined && model.weights[name]) || [];
      if (kernel?.shape.length !== 4) return [];
      return [[node.name, { kind, tensor: kernel }] as const];
    }),
  );
}

interface NamedKernel {
  readonly name: string | undefined;
  readonly kind: KernelKind;
}

function findKernel({ op, inputs: [, kernel] }: GraphNode): NamedKernel {
  return { name: kernel && constantBehind(kernel).name, kind: kindOf(op) };
}

/** What was converted from ONNX says it itself, since several nodes may stand between. */
function readKernel({ rawAttrs }: GraphNode): NamedKernel {
  const { s, kind = 'plain' } = rawAttrs?.layerscope_kernel ?? {};
  return { name: s as string | undefined, kind: kind as KernelKind };
}

function kindOf(op: string): KernelKind {
  if (/Depthwise/.test(op)) return 'depthwise';
  return /^(Conv2DBackpropInput|Conv2dTranspose)$/.test(op) ? 'transposed' : 'plain';
}
