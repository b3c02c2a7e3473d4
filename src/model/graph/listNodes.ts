import { type DataType, type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import type { LayerSummary } from '../selection/LayerSummary';
import { type GraphModelLike, openShape, requireLiveGraph } from './GraphModelLike';
import { classOf, type GraphNode } from './GraphNode';
import { findAsynchronous, readNodes } from './readNodes';

/** What is put in the place of a size that is open: it differs where what depends on it does. */
const TRIALS = [
  { batch: 1, size: 224 },
  { batch: 2, size: 256 },
];

/** Does what `listLayers` does for a graph model. */
export function listNodes(model: GraphModelLike): LayerSummary[] {
  requireLiveGraph(model);
  const nodes = readNodes(model);
  const asynchronous = findAsynchronous(nodes);
  const known = nodes.filter((node) => !asynchronous.has(node));
  const shapes = new Map(findShapes(model, known).map((shape, index) => [known[index]!, shape]));
  return nodes.map((node) => ({
    path: node.name,
    className: classOf(node),
    outputShape: shapes.get(node) ?? [null],
    parameters: countParameters(model, node),
  }));
}

/** Runs the graph on zeros, twice if a size is open: what differs then follows that size. */
function findShapes(model: GraphModelLike, nodes: readonly GraphNode[]): (number | null)[][] {
  const inputs = model.inputs.map(({ name, dtype, shape }) => ({ name, dtype, shape: openShape(shape) }));
  const isOpen = inputs.some(({ shape }) => shape.includes(null));
  const [first, second] = TRIALS.slice(0, isOpen ? 2 : 1).map(({ batch, size }) =>
    tidy(() => {
      const given = inputs.map(({ name, dtype, shape }) => {
        const whole = shape.map((length, axis) => length ?? (axis === 0 ? batch : axis === 3 ? 3 : size));
        return [name, zeros(whole, dtype as DataType)] as const;
      });
      const names = nodes.map(({ name }) => name);
      return [model.execute(Object.fromEntries(given), names)].flat().map((output: Tensor) => output.shape);
    }),
  );
  return first!.map((shape, index) => {
    const other = second?.[index] ?? shape;
    return shape.map((length, axis) => (length === other[axis] ? length : null));
  });
}

/** The numbers of the float constants that a node reads, whatever stands in between. */
function countParameters({ weights }: GraphModelLike, node: GraphNode): number {
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
