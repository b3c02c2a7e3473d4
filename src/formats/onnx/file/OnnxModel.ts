import type { ElementType } from './elementTypes';

/** What a file says of a size: a number, a name for what is open, or nothing. */
export type OnnxSize = number | string | undefined;

/** A tensor that a file holds. Its values lie as the file has them: little-endian, in the file's own type. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** A view of the file wherever the file has the bytes in one piece. */
  readonly bytes: Uint8Array;
}

/** What goes into a graph or comes out of it. */
export interface OnnxValueInfo {
  readonly name: string;
  readonly type: ElementType | undefined;
  /** `undefined` where the file does not even say how many sizes there are. */
  readonly shape: readonly OnnxSize[] | undefined;
}

/** A setting of a node; which of these is meant, the operator knows. */
export interface OnnxAttribute {
  readonly int?: number;
  readonly float?: number;
  readonly text?: string;
  readonly tensor?: OnnxTensor;
  readonly graph?: OnnxGraph;
  readonly ints: readonly number[];
  readonly floats: readonly number[];
  readonly texts: readonly string[];
}

export interface OnnxNode {
  /** May be empty. */
  readonly name: string;
  /** `'Conv'`, `'Gemm'`. */
  readonly op: string;
  /** Empty for the operators of ONNX itself. */
  readonly domain: string;
  /** Names of values; empty for one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

export interface OnnxModel {
  /** The version of ONNX's operators. */
  readonly opset: number;
  readonly graph: OnnxGraph;
}

/** Gives what lies in a file beside the model, by its name there; `undefined` where there is none. */
export type ReadExternal = (name: string) => Uint8Array | undefined;
