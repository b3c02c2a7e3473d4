import type { GraphWriter } from '../graph/createGraphWriter';
import type { FileNode } from '../graph/FileNode';
import type { Value } from '../graph/Value';

/**
 * Writes what a node of the file does as one or more nodes of TensorFlow's, and says what it puts out: shape and type as the
 * file has them, and the layout in which it lies. The last node that it puts gets the name of the file's node.
 *
 * @param inputs In the file's order; `undefined` for one that is left out.
 * @throws Error if the node asks for something that is not there; the node's name and operator are added to the message.
 */
export type Operator = (
  node: FileNode,
  inputs: readonly (Value | undefined)[],
  graph: GraphWriter,
) => Value | readonly Value[];

/** By the operator's name in ONNX. */
export type Operators = Readonly<Record<string, Operator>>;

/** @throws RangeError if the node leaves an input out that it needs. */
export function required(inputs: readonly (Value | undefined)[], index: number): Value {
  const input = inputs[index];
  if (!input) throw new RangeError(`expected an input ${index}, got none`);
  return input;
}
