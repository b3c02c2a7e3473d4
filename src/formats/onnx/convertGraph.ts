import { quote, shorten } from '../../common/quote';
import type { OnnxGraph, OnnxNode } from './file/OnnxModel';
import { foldedOf, toConstant } from './folding/Folded';
import type { FoldNode } from './folding/foldNode';
import type { GraphWriter } from './graph/createGraphWriter';
import { createFileNode, type FileNode } from './graph/FileNode';
import { fromTensor, readConstant } from './graph/readConstant';
import { nameOf, readsOf, sortNodes } from './graph/sortNodes';
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
  { nodes, initializers, outputs }: OnnxGraph,
  opset: number,
  given: ReadonlyMap<string, Value>,
  graph: GraphWriter,
  fold: FoldNode,
): Map<string, Value> {
  const values = new Map(given);
  for (const tensor of initializers)
    if (!values.has(tensor.name)) values.set(tensor.name, fromTensor(tensor));
  const used = new Set([...nodes.flatMap(readsOf), ...outputs.map(({ name }) => name)]);
  for (const node of sortNodes(nodes, new Set(values.keys()))) {
    try {
      const outputCount = 1 + node.outputs.reduce((last, name, index) => (used.has(name) ? index : last), 0);
      const reader = createFileNode(node, opset, outputCount);
      const written =
        node.op === 'If' && node.domain === ''
          ? convertBranch(node, reader, values, graph, fold)
          : convertNode(node, reader, values, graph, fold);
      written.forEach((value, index) => {
        const name = node.outputs[index];
        if (name) values.set(name, value);
        graph.remember(value);
      });
    } catch (error) {
      const reason = shorten((error as Error).message, LONGEST_REASON);
      throw new Error(`the node ${quote(nameOf(node))}, a ${quote(node.op, 40)}: ${reason}`);
    }
  }
  return values;
}

function convertNode(
  node: OnnxNode,
  reader: FileNode,
  values: ReadonlyMap<string, Value>,
  graph: GraphWriter,
  fold: FoldNode,
): readonly Value[] {
  const { op, domain } = node;
  if (op === 'Constant' && domain === '') return [readConstant(reader, node.outputs[0]!)];
  const inputs = node.inputs.map((name) => (name === '' ? undefined : values.get(name)));
  const folded = domain === '' ? fold(reader, inputs) : undefined;
  const constant = folded && toConstant(folded, node.outputs[0]!);
  if (constant) return [constant];
  const operator = domain === '' && Object.hasOwn(OPERATORS, op) ? OPERATORS[op] : undefined;
  if (!operator) throw new Error(listOperators(domain));
  const written = [operator(reader, inputs, graph)].flat();
  if (written.length === 0) throw new Error('it puts out nothing');
  const outputs = graph.finish(nameOf(node), op, written);
  return folded ? [{ ...outputs[0]!, contents: Array.from(folded.data) }] : outputs;
}

/** The nodes of the branch that is taken, which has to be known: what exporters write for an axis of size 1 or more. */
function convertBranch(
  { inputs, attributes }: OnnxNode,
  { opset }: FileNode,
  values: ReadonlyMap<string, Value>,
  graph: GraphWriter,
  fold: FoldNode,
): readonly Value[] {
  const condition = values.get(inputs[0] ?? '');
  const folded = condition && foldedOf(condition);
  if (!folded)
    throw new Error('it depends on values, so that neither branch can be left out, which is not converted');
  const branch = attributes.get(folded.data[0] === 0 ? 'else_branch' : 'then_branch')?.graph;
  if (!branch) throw new Error('the branch that is taken is missing');
  const inner = convertGraph(branch, opset, values, graph, fold);
  return branch.outputs.map(({ name }) => {
    const value = inner.get(name);
    if (!value) throw new Error(`its branch puts out ${quote(name)}, which nothing in it gives`);
    return value;
  });
}

/** Names the operators that there are, as many as a message has room for. */
function listOperators(domain: string): string {
  const own = domain === '' ? '' : ` of ${quote(domain, 40)}`;
  const all = Object.keys(OPERATORS).sort();
  const list = all.join(', ');
  const cut = list.slice(0, list.lastIndexOf(', ', MOST_LISTED));
  const more = all.length - cut.split(', ').length;
  return `an operator${own} that is not converted; there are ${cut} and ${more} others, which docs/onnx.md lists`;
}

/** Letters, so that a message stays one that can be read. */
const MOST_LISTED = 180;
const LONGEST_REASON = 270;
