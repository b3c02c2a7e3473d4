import { decodeNumbers, type ElementType, isFloat } from '../file/elementTypes';
import type { OnnxTensor } from '../file/OnnxModel';
import { toTensor } from '../graph/toTensor';
import { countOf, isKnown, type Size, type Value } from '../graph/Value';

/** Numbers that are known when the file is converted; among whole ones may be sizes that are open, by their names. */
export interface Folded {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: ArrayLike<Size>;
}

/** What is larger than this stays for when the graph runs. */
export const MOST_FOLDED = 2 ** 24;

/** What a value holds, as far as that is known. */
export function foldedOf({ type, shape, constant, contents }: Value): Folded | undefined {
  if (contents && isKnown(shape)) return { type, shape, data: contents };
  if (!constant || countOf(constant.shape)! > MOST_FOLDED) return undefined;
  return { type, shape: constant.shape, data: decodeExactly(constant) };
}

/** A value without a node where all is known; else what is known of it, to go with the node that computes it. */
export function toConstant({ type, shape, data }: Folded, name: string): Value | undefined {
  const numbers = Array.from(data);
  if (!numbers.every((size) => typeof size === 'number')) return undefined;
  const constant = toTensor(
    isFloat(type) ? 'float' : type === 'bool' ? 'bool' : 'int32',
    shape,
    numbers,
    name,
  );
  return { type, shape, layout: 'file', constant };
}

function decodeExactly({ type, bytes }: OnnxTensor): ArrayLike<number> {
  if (type === 'int64') return Float64Array.from(new BigInt64Array(bytes.slice().buffer), Number);
  if (type === 'double') return new Float64Array(bytes.slice().buffer);
  return decodeNumbers(type, bytes);
}
