import type { GraphModelLike } from './GraphModelLike';
import type { GraphNode } from './GraphNode';
import { hideInner } from './hideInner';

export type { GraphNode } from './GraphNode';

/** They put out the size of what they read, not anything of its values. */
const SIZES = /^(Shape|ShapeN|Size|Rank)$/;
/** Categories of operations that tfjs-converter runs asynchronously. */
const ASYNCHRONOUS: readonly unknown[] = ['control', 'dynamic', 'hash_table'];
const IDLE = /^(NoOp|Assert)$/;

/**
 * The nodes of a graph model whose values depend on what the model is given, its inputs included: constants, and what is
 * computed from sizes only, are left out.
 *
 * @returns Each after those that it reads, except round a loop.
 * @throws TypeError if the model does not give its nodes.
 */
export function readNodes(model: GraphModelLike): GraphNode[] {
  const sorted = sortNodes(nodesOf(model));
  const inputs = new Set(model.inputs.map(({ name }) => name));
  const depending = new Set<GraphNode>();
  // A loop's first node reads its last one: one more round finds what depends on that.
  for (let before = -1; before < depending.size; ) {
    before = depending.size;
    for (const node of sorted) {
      if (inputs.has(node.name)) depending.add(node);
      else if (!SIZES.test(node.op) && readBy(node).some((input) => depending.has(input)))
        depending.add(node);
    }
  }
  return [...hideInner(sorted.filter((node) => depending.has(node) && !IDLE.test(node.op)))];
}

/** What a node reads; it may have to wait for others, which come after that and have no part in its values. */
function readBy({ op, inputs, inputParams }: GraphNode): readonly GraphNode[] {
  if (op === 'Const') return [];
  const params = Object.values(inputParams);
  if (params.length === 0 || params.some(({ inputIndexEnd }) => inputIndexEnd !== undefined)) return inputs;
  return inputs.slice(0, 1 + Math.max(...params.map(({ inputIndexStart = 0 }) => inputIndexStart)));
}

/**
 * Finds the nodes the way to which goes through operations that tfjs-converter runs only asynchronously: branches, loops,
 * tables, lists of tensors, and those whose sizes depend on the values.
 */
export function findAsynchronous(nodes: readonly GraphNode[]): ReadonlySet<GraphNode> {
  const found = new Set<GraphNode>();
  for (const node of sortNodes(nodes)) {
    if (ASYNCHRONOUS.includes(node.category) || node.inputs.some((input) => found.has(input)))
      found.add(node);
  }
  return found;
}

/** tfjs-converter keeps them to itself, and has no other way to name them. */
function nodesOf(model: GraphModelLike): GraphNode[] {
  const executor = Reflect.get(model, 'executor') as { graph?: { nodes?: Record<string, GraphNode> } } | null;
  const nodes = executor?.graph?.nodes;
  if (nodes) return Object.values(nodes);
  throw new TypeError(
    'model: expected a graph model that has been loaded by @tensorflow/tfjs-converter 4, got one without nodes',
  );
}

function sortNodes(nodes: readonly GraphNode[]): GraphNode[] {
  const sorted: GraphNode[] = [];
  const seen = new Set<GraphNode>();
  // A stack of our own: a graph of some thousand nodes would overflow the engine's.
  const stack: { node: GraphNode; leave: boolean }[] = [];
  for (const start of nodes) {
    stack.push({ node: start, leave: false });
    while (stack.length > 0) {
      const { node, leave } = stack.pop()!;
      if (leave) sorted.push(node);
      if (leave || seen.has(node)) continue;
      seen.add(node);
      stack.push({ node, leave: true });
      for (const input of [...node.inputs].reverse()) stack.push({ node: input, leave: false });
    }
  }
  return sorted;
}
