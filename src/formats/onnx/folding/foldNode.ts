import type { FileNode } from '../graph/FileNode';
import type { Value } from '../graph/Value';
import type { Fold } from './Fold';
import { type Folded, foldedOf } from './Folded';
import { foldNumbers } from './foldNumbers';
import { foldPlaces } from './foldPlaces';
import { foldShapes } from './foldShapes';

const FOLDS: Readonly<Record<string, Fold>> = { ...foldShapes, ...foldPlaces, ...foldNumbers };
const MOST_IN_ALL = 2 ** 26;
const ASKS_FOR_SIZES = /^(Shape|Size)$/;

/** Computes what a node puts out, where all that it reads is known: what exporters write to find shapes. */
export type FoldNode = (node: FileNode, values: readonly (Value | undefined)[]) => Folded | undefined;

/**
 * Prepares to compute nodes, up to so many numbers in all: a small file may ask for more than a memory holds.
 *
 * @param newSize Names a size that is not known before the graph runs.
 */
export function createFolder(newSize: () => string): FoldNode {
  let left = MOST_IN_ALL;
  return (node, values) => {
    const fold = Object.hasOwn(FOLDS, node.op) ? FOLDS[node.op] : undefined;
    if (!fold || node.outputCount !== 1 || left <= 0) return undefined;
    if (ASKS_FOR_SIZES.test(node.op)) return fold({ node, values, inputs: [], newSize });
    const isKnown = values.every((value) => !value || value.constant || value.contents);
    if (values.length === 0 || !isKnown) return undefined;
    const inputs = values.map((value) => value && foldedOf(value));
    if (values.some((value, index) => value && !inputs[index])) return undefined;
    const folded = fold({ node, values, inputs, newSize });
    left -= folded?.data.length ?? 0;
    return folded;
  };
}
