import type { Tensor } from '@tensorflow/tfjs-core';
import type { Preprocess } from '../../image/Preprocess';
import { constantBehind } from './constants';
import type { GraphModelLike } from './GraphModelLike';
import type { GraphNode } from './readNodes';

/** Nodes that put out the values of what they read, in another place, size, order or type. */
const KEEPS =
  /^(Identity|Cast|ExpandDims|Squeeze|Reshape|Transpose|Resize\w+|CropAndResize|Pad|PadV2|MirrorPad|Slice|StridedSlice|ReverseV2)$/;

/** Constants of more numbers than images have channels say something else. */
const MOST_CHANNELS = 16;

/**
 * Finds what each input of a graph model wants to become of a picture's bytes: `'none'` if it is of an integer type, or if the
 * first thing that is done to its values only makes sense for 0..255; else `'unit'`.
 *
 * That is: multiplying by at most 1/64, dividing by at least 64, or subtracting or adding a constant, of one number or one a
 * channel, that lies more than 2 from 0; or a batch normalization with such a mean. `v / 127.5 - 1` is of this kind, and
 * `2 · v - 1` and `(v - 0.485) / 0.229`, which take 0..1, are not.
 *
 * @param nodes From `readNodes`.
 */
export function findGraphPreprocess(model: GraphModelLike, nodes: readonly GraphNode[]): Preprocess[] {
  return model.inputs.map(({ name, dtype = 'float32' }) => {
    if (dtype !== 'float32') return 'none';
    const same = new Set(nodes.filter((node) => node.name === name));
    for (const node of nodes) {
      const at = node.inputs.findIndex((input) => same.has(input));
      if (at < 0) continue;
      if (takesBytes(model, node, at)) return 'none';
      if (at === 0 && KEEPS.test(node.op)) same.add(node);
    }
    return 'unit';
  });
}

/** @param at Which of what the node reads are the values; of two, the other one may be a constant. */
function takesBytes(model: GraphModelLike, { op, inputs }: GraphNode, at: number): boolean {
  const largest = (index: number): number => largestOf(model, inputs[index]);
  if (op === 'Mul') return largest(1 - at) <= 1 / 64;
  if (/^(RealDiv|Div)$/.test(op)) return at === 0 && largest(1) >= 64;
  if (/^(Sub|Add|AddV2|BiasAdd)$/.test(op)) return largest(1 - at) > 2;
  return /^FusedBatchNorm(V[23])?$/.test(op) && largest(3) > 2;
}

/** Of a constant, the number that is farthest from 0; `NaN` where there is none. */
function largestOf({ weights }: GraphModelLike, node: GraphNode | undefined): number {
  const tensor: Tensor | undefined = node && weights[constantBehind(node).name]?.[0];
  if (!tensor || tensor.size > MOST_CHANNELS) return Number.NaN;
  return Math.max(...Array.from(tensor.dataSync(), Math.abs));
}
