import type { GraphModelLike } from './GraphModelLike';
import type { GraphNode } from './readNodes';

/** What the output of a graph comes from. */
export interface OutputNode {
  readonly node: GraphNode;
  /** In small letters, the function that the network ends with; `'linear'` where it is none that is known. */
  readonly activation: string;
}

/** Nodes that put out the values of what they read. */
const KEEPS = /^(Identity|Reshape|Squeeze|Cast)$/;

/**
 * Finds the node that a graph puts out.
 *
 * @param nodes From `readNodes`.
 * @returns `undefined` if it has several outputs, or one that does not depend on what goes in.
 */
export function findOutputNode(
  { outputs }: GraphModelLike,
  nodes: readonly GraphNode[],
): OutputNode | undefined {
  const [output, another] = outputs ?? [];
  const node = nodes.find(({ name }) => name === output?.name.replace(/:0$/, ''));
  if (!node || another) return undefined;
  let last = node;
  while (KEEPS.test(last.op) && last.inputs[0]) last = last.inputs[0];
  const fused = last.attrParams.fusedOps?.value as readonly string[] | undefined;
  const name = fused?.at(-1) ?? last.op;
  return { node, activation: /^(Log)?Softmax$|^Sigmoid$/i.test(name) ? name.toLowerCase() : 'linear' };
}
