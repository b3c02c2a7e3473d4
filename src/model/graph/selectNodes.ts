import { type LayerSelector, selectLayers } from '../selection/selectLayers';
import { findConvolutions } from './findConvolutions';
import { classOf, type GraphNode } from './GraphNode';

/** An output of a node: `'split:1'` is the second one of `split`. */
export interface SelectedNode {
  readonly path: string;
  readonly node: GraphNode;
}

/**
 * Finds the nodes that a selector means, in the graph's order; names given one by one keep theirs.
 *
 * @param nodes From `readNodes`.
 * @param selector The convolutions if there is none, whatever they are called.
 * @throws RangeError if none matches or a name is unknown, listing those there are.
 */
export function selectNodes(
  nodes: readonly GraphNode[],
  selector: LayerSelector | undefined,
): SelectedNode[] {
  const all = nodes.map((node) => toSelectable(node, node.name));
  if (selector === undefined) {
    const ends = findConvolutions(nodes);
    // Without one the error says what there is.
    if (ends.length > 0) return ends.map((node) => ({ path: node.name, node }));
  }
  return selectLayers(
    Array.isArray(selector) ? [...all, ...furtherOutputs(all, [...new Set(selector)])] : all,
    selector,
  );
}

/** What the names say of outputs: a graph does not say how many a node has. */
function furtherOutputs(all: readonly SelectedNode[], names: readonly unknown[]) {
  return names.flatMap((name) => {
    const [, base] = typeof name === 'string' ? (/^(.*):\d+$/.exec(name) ?? []) : [];
    const entry = base === undefined ? undefined : all.find(({ path }) => path === base);
    return entry ? [toSelectable(entry.node, String(name))] : [];
  });
}

function toSelectable(node: GraphNode, path: string) {
  return { path, node, layer: { name: path, getClassName: () => classOf(node) } };
}
