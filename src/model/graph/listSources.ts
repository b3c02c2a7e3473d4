import type { GraphNode } from './readNodes';

/** Operations whose kernels make NaN into a number on WASM, though it is not their business to leave values out. */
const ONE_INPUT = /^((Max|Avg)Pool(3D)?|Relu6|ClipByValue)$/;
const TWO_INPUTS = /^(Conv[123]D|DepthwiseConv2d(Native)?|Maximum|Minimum)$/;
const FUSED = /^(_FusedConv2D|FusedDepthwiseConv2dNative|_FusedMatMul)$/;

/**
 * Lists what goes into a node that may lose NaN, by node and output; nothing for others. What a node waits for without
 * reading it stands behind what it reads, and is left out.
 */
export function listSources({ op, inputNames, attrParams }: GraphNode): readonly string[] {
  if (ONE_INPUT.test(op)) return inputNames.slice(0, 1);
  if (TWO_INPUTS.test(op)) return inputNames.slice(0, 2);
  if (FUSED.test(op)) return inputNames.slice(0, 2 + Number(attrParams.numArgs?.value ?? 0));
  return [];
}
