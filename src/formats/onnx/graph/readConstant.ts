import type { OnnxTensor } from '../file/OnnxModel';
import type { FileNode } from './FileNode';
import { toTensor } from './toTensor';
import type { Value } from './Value';

/** The value of a node `Constant`: a tensor, a number or a list. */
export function readConstant(node: FileNode, name: string): Value {
  const tensor = node.tensor('value') ?? readNumbers(node, name);
  return fromTensor({ ...tensor, name });
}

export function fromTensor(constant: OnnxTensor): Value {
  return { type: constant.type, shape: constant.shape, layout: 'file', constant };
}

function readNumbers(node: FileNode, name: string): OnnxTensor {
  if (node.has('value_float')) return toTensor('float', [], [node.float('value_float')], name);
  if (node.has('value_int')) return toTensor('int32', [], [node.int('value_int')], name);
  if (node.has('value_floats')) {
    const values = node.floats('value_floats');
    return toTensor('float', [values.length], values, name);
  }
  if (node.has('value_ints')) {
    const values = node.ints('value_ints');
    return toTensor('int32', [values.length], values, name);
  }
  throw new Error('expected a tensor or numbers, got none that tfjs could hold');
}
