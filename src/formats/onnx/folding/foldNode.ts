import type { FileNode } from '../graph/FileNode';
import type { Value } from '../graph/Value';
import type { Fold } from './Fold';
import { type Folded, foldedOf } from './Folded';
import { foldNumbers } from './foldNumbers';
import { foldShapes } from './foldShapes';

const FOLDS: Readonly<Record<string, Fold>> = { ...foldShapes, ...foldNumbers };
const ASKS_FOR_SIZES = /^(Shape|Size)$/;

/** Computes what a node puts out, where all that it reads is known: what exporters write to find shapes. */
export function foldNode(
  node: FileNode,
  values: readonly (Value | undefined)[],
  newSize: () => string,
): Folded | undefined {
  const fold = Object.hasOwn(FOLDS, node.op) ? FOLDS[node.op] : undefined;
  if (!fold || node.outputCount !== 1) return undefined;
  if (ASKS_FOR_SIZES.test(node.op)) return fold({ node, values, inputs: [], newSize });
  if (values.length === 0 || !values.every((value) => !value || value.constant || value.contents))
    return undefined;
  const inputs = values.map((value) => value && foldedOf(value));
  if (values.some((value, index) => value && !inputs[index])) return undefined;
  return fold({ node, values, inputs, newSize });
}
