import { quote } from '../../common/quote';
import type { OnnxGraph, OnnxNode } from './file/OnnxModel';
import { toConstant } from './folding/Folded';
import { foldNode } from './folding/foldNode';
import type { GraphWriter } from './graph/createGraphWriter';
import { createFileNode } from './graph/FileNode';
import { fromTensor, readConstant } from './graph/readConstant';
import { nameOf, sortNodes } from './graph/sortNodes';
import type { Value } from './graph/Value';
import { OPERATORS } from './operators';

/**
 * Writes the nodes of a graph, each after those that it reads. What can be computed from constants and sizes is, and is no
 * node any more.
 *
 * @param given The values that are there already, by name.
 * @returns All values by name, those given included.
 * @throws Error naming the node that cannot be converted, and why.
 */
export function convertGraph(
  { nodes, initializers }: OnnxGraph,
  opset: number,
  given: ReadonlyMap<string, Value>,
  graph: GraphWriter,
): Map<string, Value> {
  const values = new Map(given);
  for (const tensor of initializers)
    if (!values.has(tensor.name)) values.set(tensor.name, fromTensor(tensor));
  for (const node of sortNodes(nodes, new Set(values.keys()))) {
    try {
      convertNode(node, opset, values, graph).forEach((value, index) => {
        const name = node.outputs[index];
        if (name) values.set(name, value);
        graph.remember(value);
      });
    } catch (error) {
      throw new Error(
        `the node ${quote(nameOf(node))}, a ${quote(node.op, 40)}: ${(error as Error).message}`,
      );
    }
  }
  return values;
}

function convertNode(
  node: OnnxNode,
  opset: number,
  values: ReadonlyMap<string, Value>,
  graph: GraphWriter,
): readonly Value[] {
  const { op, domain } = node;
  const reader = createFileNode(node, opset);
  if (op === 'Constant' && domain === '') return [readConstant(reader, node.outputs[0]!)];
  const inputs = node.inputs.map((name) => (name === '' ? undefined : values.get(name)));
  const folded = domain === '' ? foldNode(reader, inputs, graph.newSize) : undefined;
  const constant = folded && toConstant(folded, node.outputs[0]!);
  if (constant) return [constant];
  const operator = domain === '' && Object.hasOwn(OPERATORS, op) ? OPERATORS[op] : undefined;
  if (!operator) throw new Error(listOperators(domain));
  const written = [operator(reader, inputs, graph)].flat();
  const outputs = graph.finish(nameOf(node), op, written);
  return folded ? [{ ...outputs[0]!, contents: Array.from(folded.data) }] : outputs;
}

/** Names the operators that there are, as many as a message has room for. */
function listOperators(domain: string): string {
  const own = domain === '' ? '' : ` of ${quote(domain, 40)}`;
  const all = Object.keys(OPERATORS).sort();
  const list = all.join(', ');
  const cut = list.slice(0, list.lastIndexOf(', ', MOST_LISTED));
  const more = all.length - cut.split(', ').length;
  return `an operator${own} that is not converted; there are ${cut} and ${more} others, which docs/api.md lists`;
}

/** Letters, so that a message stays one that can be read. */
const MOST_LISTED = 200;
