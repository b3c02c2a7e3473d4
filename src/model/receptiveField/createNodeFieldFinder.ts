import type { GraphModelLike } from '../graph/GraphModelLike';
import type { GraphProbe } from '../graph/probeGraph';
import type { GraphNode } from '../graph/readNodes';
import { createChainTracer } from './createChainTracer';
import { measureField } from './createFieldFinder';
import { planNodes } from './planNodes';

/**
 * Does what `createFieldFinder` does for a graph model.
 *
 * @param nodes From `readAllNodes`.
 * @param probe For images of the model's size.
 */
export function createNodeFieldFinder(
  { inputs }: GraphModelLike,
  nodes: readonly GraphNode[],
  probe: GraphProbe,
): (path: string) => readonly [height: number, width: number] | undefined {
  const [image, another] = inputs;
  const [, height = -1, width = -1] = image?.shape ?? [];
  if (!image || another || image.shape?.length !== 4 || height < 1 || width < 1) return () => undefined;
  const plan = planNodes(image.name, nodes, probe);
  const trace = createChainTracer(plan);
  return (path) => {
    const use = plan.useOf.get(path);
    if (use === undefined) return undefined;
    const [rows, columns] = plan.uses[use]!.size;
    return measureField(trace(path, rows >> 1, columns >> 1));
  };
}
