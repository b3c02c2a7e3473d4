import { quote } from '../../../common/quote';
import type { OnnxNode } from '../file/OnnxModel';

/**
 * Puts nodes behind those that they read, as they are to stand in a file and mostly do.
 *
 * @param given Names of the values that are there from the beginning.
 * @throws Error naming a node that reads what nothing gives, or that waits for itself.
 */
export function sortNodes(nodes: readonly OnnxNode[], given: ReadonlySet<string>): OnnxNode[] {
  const known = new Set(given);
  const sorted: OnnxNode[] = [];
  const isReady = (node: OnnxNode) => readsOf(node).every((name) => known.has(name));
  for (let left = nodes; left.length > 0; ) {
    const waiting: OnnxNode[] = [];
    for (const node of left) {
      if (!isReady(node)) waiting.push(node);
      else {
        sorted.push(node);
        for (const name of node.outputs) known.add(name);
      }
    }
    if (waiting.length === left.length) throw new Error(explain(waiting, known));
    left = waiting;
  }
  return sorted;
}

/** What a node reads, also within its branches, as far as it comes from outside. */
function readsOf(node: OnnxNode): string[] {
  const inner = [...node.attributes.values()].flatMap(({ graph }) => {
    if (!graph) return [];
    const own = new Set([
      ...graph.inputs.map(({ name }) => name),
      ...graph.initializers.map(({ name }) => name),
      ...graph.nodes.flatMap(({ outputs }) => outputs),
    ]);
    return [...graph.nodes.flatMap(readsOf), ...graph.outputs.map(({ name }) => name)].filter(
      (name) => !own.has(name),
    );
  });
  return [...node.inputs, ...inner].filter((name) => name !== '');
}

function explain(waiting: readonly OnnxNode[], known: ReadonlySet<string>): string {
  const made = new Set(waiting.flatMap(({ outputs }) => outputs));
  for (const node of waiting) {
    const missing = readsOf(node).find((name) => !known.has(name) && !made.has(name));
    if (missing !== undefined) {
      return `the node ${quote(nameOf(node))} reads ${quote(missing)}, which nothing in the file puts out`;
    }
  }
  return `the node ${quote(nameOf(waiting[0]!))} waits for what it puts out itself: the graph runs in a circle`;
}

/** A node's own name; where it has none, what it puts out. */
export function nameOf({ name, outputs, op }: OnnxNode): string {
  return name || outputs.find((output) => output !== '') || op;
}
