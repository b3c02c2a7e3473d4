import { dtypeOf, type ElementType } from '../file/elementTypes';
import type { GraphWriter } from '../graph/createGraphWriter';
import type { Output } from '../graph/Value';

/** Numbers in the type of tfjs that a type of the file becomes. */
export function castTo(graph: GraphWriter, input: Output, type: ElementType): Output {
  const DstT = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' }[dtypeOf(type)];
  return graph.put('Cast', [input], { DstT });
}
