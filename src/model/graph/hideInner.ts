import type { GraphNode } from './GraphNode';

/**
 * Gives the nodes of a graph as the file has them that it was converted from: what one node of the file needs inside of it is
 * left out, and what stands before and behind that are neighbours.
 *
 * @param nodes Those whose values depend on what the model is given.
 * @returns In the same order; `nodes` themselves if the graph was not converted from another format.
 */
export function hideInner(nodes: readonly GraphNode[]): readonly GraphNode[] {
  if (!nodes.some((node) => operatorOf(node) !== undefined)) return nodes;
  const views = new Map<GraphNode, Mutable<GraphNode>>();
  for (const node of nodes) if (!isInner(node)) views.set(node, { ...node, ...nameClass(node) });
  for (const [node, view] of views) {
    const [before, passed] = reach(node, ({ inputs }) => inputs);
    view.inputs = before.map((input) => views.get(input) ?? input);
    const [behind] = reach(node, ({ children }) => children);
    view.children = behind.flatMap((child) => views.get(child) ?? []);
    const dynamic = passed.find(({ category }) => category === 'dynamic' || category === 'control');
    if (dynamic?.category) view.category = dynamic.category;
  }
  return [...views.values()];
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The operator of the file that a node stands for, if the graph was converted from one. */
function operatorOf({ rawAttrs }: GraphNode): string | undefined {
  return rawAttrs?.layerscope_operator?.s as string | undefined;
}

function nameClass(node: GraphNode): { readonly className?: string } {
  const className = operatorOf(node);
  return className === undefined ? {} : { className };
}

function isInner({ rawAttrs }: GraphNode): boolean {
  return rawAttrs?.layerscope_inner !== undefined;
}

/** The nearest nodes of the file in one direction, and the inner ones on the way. */
function reach(
  start: GraphNode,
  next: (node: GraphNode) => readonly GraphNode[],
): [found: GraphNode[], passed: GraphNode[]] {
  const found = new Set<GraphNode>();
  const passed = new Set<GraphNode>();
  const open = [...next(start)].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (!isInner(node)) found.add(node);
    else if (!passed.has(node)) {
      passed.add(node);
      open.push(...[...next(node)].reverse());
    }
  }
  return [[...found], [...passed]];
}
