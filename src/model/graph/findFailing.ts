import { type NamedTensorMap, tidy } from '@tensorflow/tfjs-core';
import type { GraphModelLike } from './GraphModelLike';
import { findAsynchronous, type GraphNode } from './readNodes';

/**
 * Finds the node that an error of the graph comes from, by computing the first nodes alone, then fewer or more of them:
 * about seven times for a hundred nodes.
 *
 * @param nodes From `readNodes`.
 * @param outputs What was to be computed, by node and output.
 * @returns Nothing where it is not found: the error comes from what the graph was given, or does not come again.
 */
export function findFailing(
  model: GraphModelLike,
  nodes: readonly GraphNode[],
  given: NamedTensorMap,
  outputs: readonly string[],
): GraphNode | undefined {
  const asynchronous = findAsynchronous(nodes);
  const needed = new Set<GraphNode>();
  const names = new Set(outputs.map((output) => output.replace(/:\d+$/, '')));
  for (const node of [...nodes].reverse()) {
    if (names.has(node.name)) needed.add(node);
    if (needed.has(node)) for (const input of node.inputs) needed.add(input);
  }
  const candidates = nodes.filter((node) => needed.has(node) && !asynchronous.has(node));
  const fails = (count: number): boolean => {
    try {
      tidy(() => {
        const first = candidates.slice(0, count).map(({ name }) => name);
        model.execute(given, first);
      });
      return false;
    } catch {
      return true;
    }
  };

  let [right, wrong] = [0, candidates.length];
  if (wrong === 0 || !fails(wrong)) return undefined;
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (fails(middle)) wrong = middle;
    else right = middle;
  }
  const failing = candidates[right]!;
  return model.inputs.some(({ name }) => name.replace(/:\d+$/, '') === failing.name) ? undefined : failing;
}
