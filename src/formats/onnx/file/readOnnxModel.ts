import { readElementType } from './elementTypes';
import type {
  OnnxAttribute,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxSize,
  OnnxTensor,
  OnnxValueInfo,
  ReadExternal,
} from './OnnxModel';
import {
  plainBytes,
  readFields,
  readFloats,
  readInteger,
  readIntegers,
  readMessage,
  readText,
} from './readFields';
import { readTensor } from './readTensor';

/** Branches and loops hold graphs; none that people have is as deep. */
const DEEPEST = 16;

/**
 * Reads what an `.onnx` file holds. The tensors are views of its bytes.
 *
 * @throws Error if the bytes are no ONNX model, have been cut off, or lack values that lie beside the file.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export function readOnnxModel(bytes: Uint8Array, external?: ReadExternal): OnnxModel {
  // A repeated message that may be one only is merged: its fields come after one another.
  const graphs: Uint8Array[] = [];
  let opset = 0;
  for (const field of readFields(plainBytes(bytes))) {
    if (field.id === 7) graphs.push(readMessage(field));
    else if (field.id === 8) opset ||= readOpset(readMessage(field));
  }
  if (graphs.length === 0) throw new Error('it has no graph');
  return { opset: opset || 1, graph: readGraph(graphs, external, 0) };
}

/** The version of ONNX's own operators; 0 for that of others. */
function readOpset(message: Uint8Array): number {
  let [domain, version] = ['', 0];
  for (const field of readFields(message)) {
    if (field.id === 1) domain = readText(field);
    else if (field.id === 2) version = readInteger(field);
  }
  return domain === '' || domain === 'ai.onnx' ? version : 0;
}

function readGraph(
  messages: readonly Uint8Array[],
  external: ReadExternal | undefined,
  depth: number,
): OnnxGraph {
  if (depth > DEEPEST) throw new RangeError(`its graphs lie in one another more than ${DEEPEST} deep`);
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: OnnxValueInfo[] = [];
  const outputs: OnnxValueInfo[] = [];
  for (const message of messages) {
    for (const field of readFields(message)) {
      if (field.id === 1) nodes.push(readNode(readMessage(field), external, depth));
      else if (field.id === 5) initializers.push(readTensor(readMessage(field), external));
      else if (field.id === 11) inputs.push(readValueInfo(readMessage(field)));
      else if (field.id === 12) outputs.push(readValueInfo(readMessage(field)));
      else if (field.id === 15) throw new Error('it has sparse tensors, which are not read');
    }
  }
  return { nodes, initializers, inputs, outputs };
}

function readNode(message: Uint8Array, external: ReadExternal | undefined, depth: number): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  let [name, op, domain] = ['', '', ''];
  for (const field of readFields(message)) {
    if (field.id === 1) inputs.push(readText(field));
    else if (field.id === 2) outputs.push(readText(field));
    else if (field.id === 3) name = readText(field);
    else if (field.id === 4) op = readText(field);
    else if (field.id === 5) attributes.set(...readAttribute(readMessage(field), external, depth));
    else if (field.id === 7) domain = readText(field);
  }
  return { name, op, domain: domain === 'ai.onnx' ? '' : domain, inputs, outputs, attributes };
}

function readAttribute(
  message: Uint8Array,
  external: ReadExternal | undefined,
  depth: number,
): [name: string, attribute: OnnxAttribute] {
  const lists = { ints: [] as number[], floats: [] as number[], texts: [] as string[] };
  const single: { -readonly [Key in 'int' | 'float' | 'text' | 'tensor' | 'graph']?: OnnxAttribute[Key] } =
    {};
  let name = '';
  for (const field of readFields(message)) {
    if (field.id === 1) name = readText(field);
    else if (field.id === 2) {
      const values: number[] = [];
      readFloats(field, 4, values);
      single.float = values[0]!;
    } else if (field.id === 3) single.int = readInteger(field);
    else if (field.id === 4) single.text = readText(field);
    else if (field.id === 5) single.tensor = readTensor(readMessage(field), external);
    else if (field.id === 6) single.graph = readGraph([readMessage(field)], external, depth + 1);
    else if (field.id === 7) readFloats(field, 4, lists.floats);
    else if (field.id === 8) readIntegers(field, lists.ints);
    else if (field.id === 9) lists.texts.push(readText(field));
  }
  return [name, { ...single, ...lists } as OnnxAttribute];
}

function readValueInfo(message: Uint8Array): OnnxValueInfo {
  let name = '';
  let type: OnnxValueInfo['type'];
  let shape: OnnxSize[] | undefined;
  for (const field of readFields(message)) {
    if (field.id === 1) name = readText(field);
    if (field.id !== 2) continue;
    for (const kind of readFields(readMessage(field))) {
      // Anything but a tensor, a list or a map, has no type of tfjs.
      if (kind.id !== 1) continue;
      for (const part of readFields(readMessage(kind))) {
        if (part.id === 1) type = readElementType(readInteger(part));
        else if (part.id === 2) shape = readShape(readMessage(part));
      }
    }
  }
  return { name, type, shape };
}

function readShape(message: Uint8Array): OnnxSize[] {
  const shape: OnnxSize[] = [];
  for (const field of readFields(message)) {
    if (field.id !== 1) continue;
    let size: OnnxSize;
    for (const part of readFields(readMessage(field))) {
      if (part.id === 1) size = readInteger(part);
      else if (part.id === 2) size = readText(part);
    }
    shape.push(typeof size === 'number' && size < 1 ? undefined : size || undefined);
  }
  return shape;
}
