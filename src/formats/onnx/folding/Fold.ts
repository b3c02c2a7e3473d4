import type { FileNode } from '../graph/FileNode';
import type { Value } from '../graph/Value';
import type { Folded } from './Folded';

export interface FoldArguments {
  readonly node: FileNode;
  readonly values: readonly (Value | undefined)[];
  /** What is known of the values; where one is left out, there is nothing. */
  readonly inputs: readonly (Folded | undefined)[];
  newSize(): string;
}

/** Computes a node when the file is converted; `undefined` where it cannot be. */
export type Fold = (args: FoldArguments) => Folded | undefined;
