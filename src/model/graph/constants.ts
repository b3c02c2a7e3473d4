import type { GraphModelLike } from './GraphModelLike';
import type { GraphNode } from './readNodes';

/** Counts the numbers of the float constants that a node reads, whatever stands in between. */
export function countWeights({ weights }: GraphModelLike, node: GraphNode): number {
  const sizes = node.inputs.map((input) => {
    const [weight] = weights[constantBehind(input).name] ?? [];
    return weight?.dtype === 'float32' ? weight.size : 0;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Passes over what only hands on what it reads. */
export function constantBehind(node: GraphNode): GraphNode {
  let at = node;
  while (/^(Identity|ReadVariableOp)$/.test(at.op) && at.inputs.length === 1) at = at.inputs[0]!;
  return at;
}
