import { quote } from '../../common/quote';
import type { GraphModelLike } from './GraphModelLike';
import type { GraphNode } from './readNodes';

/**
 * Checks that tfjs-converter has the operations that the outputs of a graph need; it would itself only find out on the way.
 *
 * @throws Error naming the node and its operation.
 */
export function requireKnownOperations(model: GraphModelLike): void {
  const executor = Reflect.get(model, 'executor') as { graph?: { outputs?: readonly GraphNode[] } } | null;
  const open = [...(executor?.graph?.outputs ?? [])];
  const seen = new Set<GraphNode>(open);
  for (let node = open.pop(); node; node = open.pop()) {
    // What the converter does not know is of no category; what an app has registered is.
    if (node.category === undefined) {
      throw new Error(
        `the node ${quote(node.name)} is a ${quote(node.op, 40)}, an operation that tfjs-converter does not have; register it with tf.registerOp, or build the network without`,
      );
    }
    for (const input of node.inputs) {
      if (seen.has(input)) continue;
      seen.add(input);
      open.push(input);
    }
  }
}
