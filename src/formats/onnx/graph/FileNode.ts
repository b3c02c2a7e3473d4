import type { OnnxGraph, OnnxNode, OnnxTensor } from '../file/OnnxModel';

/** A node of the file, whose settings are asked for by name; without a value for where the file has none, they must be there. */
export interface FileNode {
  readonly op: string;
  /** The version of ONNX's operators that the file was written for. */
  readonly opset: number;
  /** How many outputs it has. */
  readonly outputCount: number;
  has(name: string): boolean;
  int(name: string, fallback?: number): number;
  float(name: string, fallback?: number): number;
  text(name: string, fallback?: string): string;
  /** Empty where the file has none. */
  ints(name: string): readonly number[];
  floats(name: string): readonly number[];
  tensor(name: string): OnnxTensor | undefined;
  graph(name: string): OnnxGraph | undefined;
}

export function createFileNode({ op, outputs, attributes }: OnnxNode, opset: number): FileNode {
  const ask = <Value>(name: string, value: Value | undefined, fallback: Value | undefined): Value => {
    const found = value ?? fallback;
    if (found === undefined) throw new Error(`the setting ${name} is missing`);
    return found;
  };
  return {
    op,
    opset,
    outputCount: outputs.length,
    has: (name) => attributes.has(name),
    int: (name, fallback) => ask(name, attributes.get(name)?.int, fallback),
    float: (name, fallback) => ask(name, attributes.get(name)?.float, fallback),
    text: (name, fallback) => ask(name, attributes.get(name)?.text, fallback),
    ints: (name) => attributes.get(name)?.ints ?? [],
    floats: (name) => attributes.get(name)?.floats ?? [],
    tensor: (name) => attributes.get(name)?.tensor,
    graph: (name) => attributes.get(name)?.graph,
  };
}
