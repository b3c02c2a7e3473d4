import { countWeights } from './graph/constants';
import { type GraphModelLike, openShape, requireLiveGraph } from './graph/GraphModelLike';
import { classOf, type GraphNode } from './graph/GraphNode';
import { hideInner } from './graph/hideInner';
import { type GraphProbe, type ProbeSizes, probeGraph, probeGraphAsync } from './graph/probeGraph';
import { findAsynchronous, readAllNodes } from './graph/readNodes';
import { shortenNames } from './graph/shortenNames';
import { createNodeFieldFinder } from './receptiveField/createNodeFieldFinder';
import type { LayerSummary } from './selection/LayerSummary';

/** What is put in the place of a size that is open: it differs where what depends on it does. */
const TRIALS: readonly ProbeSizes[] = [
  { batch: 1, height: 224, width: 224 },
  { batch: 2, height: 256, width: 256 },
];

/** Does what `listLayers` does for a graph model. */
export function summarizeNodes(model: GraphModelLike): LayerSummary[] {
  requireLiveGraph(model);
  const nodes = readAllNodes(model);
  const asynchronous = findAsynchronous(nodes);
  const known = nodes.filter((node) => !asynchronous.has(node));
  // Twice if a size is open: what differs then follows that size.
  const isOpen = model.inputs.some(({ shape }) => openShape(shape).includes(null));
  const probes = TRIALS.slice(0, isOpen ? 2 : 1).map((sizes) => probeGraph(model, known, sizes));
  return summarize(model, nodes, probes);
}

/**
 * The same with the shapes of nodes behind branches and of operations whose values decide sizes, which takes a run of the whole
 * graph, on zeros and on noise. What only other values lead to keeps the shape `[null]`.
 */
export async function summarizeNodesByRun(model: GraphModelLike): Promise<LayerSummary[]> {
  requireLiveGraph(model);
  const nodes = readAllNodes(model);
  if (findAsynchronous(nodes).size === 0) return summarizeNodes(model);
  const probes: GraphProbe[] = [];
  try {
    const [first, second] = TRIALS;
    probes.push(await probeGraphAsync(model, nodes, first!));
    // Sizes that the values decide differ where the values do.
    probes.push(await probeGraphAsync(model, nodes, { ...second!, isRandom: true }));
  } catch {
    // Zeros may be what the graph has no way for.
    return summarizeNodes(model);
  }
  return summarize(model, nodes, probes);
}

function summarize(
  model: GraphModelLike,
  nodes: readonly GraphNode[],
  probes: readonly GraphProbe[],
): LayerSummary[] {
  const [first, second = first] = probes;
  const listed = hideInner(nodes);
  const fieldOf = createNodeFieldFinder(model, nodes, first!);
  const shortNames = shortenNames(listed.map(({ name }) => name));
  return listed.map((node, index): LayerSummary => {
    const { name } = node;
    const [shape, other] = [first, second].map((probe) => probe!.shapes.get(name));
    const isKnown = shape !== undefined && other !== undefined && shape.length === other.length;
    const receptiveField = fieldOf(name);
    const shortName = shortNames[index]!;
    return {
      path: name,
      ...(shortName !== name && { shortName }),
      className: classOf(node),
      outputShape: isKnown ? shape.map((size, axis) => (size === other[axis] ? size : null)) : [null],
      parameters: countWeights(model, node),
      ...(receptiveField && { receptiveField }),
    };
  });
}
