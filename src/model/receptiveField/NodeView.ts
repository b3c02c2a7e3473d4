import type { GraphProbe } from '../graph/probeGraph';
import type { GraphNode } from '../graph/readNodes';
import type { Layout } from './NodeStep';

/** A node as the rules see it: what it is, and the settings that it reads. */
export interface NodeView {
  readonly op: string;
  readonly category: string | undefined;
  /** Of what it puts out. */
  readonly shape: readonly number[];
  /** Which of its inputs is looked at, and what that is. */
  readonly index: number;
  readonly from: Layout;
  attribute<Value>(name: string): Value | undefined;
  /** The shape of any of its inputs. */
  shapeAt(index: number): readonly number[] | undefined;
  /** The numbers of a constant among its inputs. */
  numbersAt(index: number): readonly number[] | undefined;
  /** How many it reads. */
  readonly count: number;
}

/** Puts together what is known of a node. */
export function viewNode(
  node: GraphNode,
  { shapes, values }: GraphProbe,
  shape: readonly number[],
  index: number,
  from: Layout,
): NodeView {
  const { op, category, attrParams, inputNames } = node;
  return {
    op,
    category,
    shape,
    index,
    from,
    attribute: <Value>(name: string) => attrParams[name]?.value as Value | undefined,
    shapeAt: (at) => shapes.get(inputNames[at]!) ?? shapes.get(inputNames[at]!.replace(/:\d+$/, '')),
    numbersAt: (at) => values.get(inputNames[at]!),
    count: inputNames.length,
  };
}
