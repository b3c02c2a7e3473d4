import type { Tensor } from '@tensorflow/tfjs-core';
import { isConvolution } from './findConvolutions';
import { type GraphModelLike, requireLiveGraph } from './GraphModelLike';
import { constantBehind } from './listNodes';
import { readNodes } from './readNodes';

/** Does what `findKernels` does for a graph model: the second thing that a convolution reads is its kernel. */
export function findNodeKernels(model: GraphModelLike): Map<string, Tensor> {
  requireLiveGraph(model);
  return new Map(
    readNodes(model).flatMap((node) => {
      const constant = isConvolution(node) && node.inputs[1] && constantBehind(node.inputs[1]);
      const [kernel] = (constant && model.weights[constant.name]) || [];
      return kernel?.shape.length === 4 ? [[node.name, kernel] as const] : [];
    }),
  );
}
