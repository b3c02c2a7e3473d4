import * as axes from './axisSteps';
import type { NodeStep } from './NodeStep';
import type { NodeView } from './NodeView';
import * as windows from './windowSteps';

type Rule = (node: NodeView) => NodeStep | undefined;

/** By the operation. */
const RULES: readonly (readonly [operation: RegExp, rule: Rule])[] = [
  [
    /^(_FusedConv2D|Conv2D|DepthwiseConv2d|DepthwiseConv2dNative|FusedDepthwiseConv2dNative|Conv2DBackpropInput|Conv2dTranspose|AvgPool|MaxPool|MaxPoolWithArgmax)$/,
    windows.windowStep,
  ],
  [/^(ResizeBilinear|ResizeNearestNeighbor)$/, windows.resizeStep],
  [/^(DepthToSpace)$/, windows.depthToSpaceStep],
  [/^(SpaceToBatchND)$/, windows.spaceToBatchStep],
  [/^(BatchToSpaceND)$/, windows.batchToSpaceStep],
  [/^(Pad|PadV2|MirrorPad)$/, windows.padStep],
  [/^(Transpose)$/, axes.transposeStep],
  [/^(Reshape|ExpandDims|Squeeze|EnsureShape)$/, axes.reshapeStep],
  [/^(Max|Mean|Min|Sum|All|Any|Prod|ArgMax|ArgMin|EuclideanNorm)$/, axes.reduceStep],
  [/^(Softmax|LogSoftmax)$/, axes.alongLastStep],
  [/^(MatMul|_FusedMatMul|BatchMatMul|BatchMatMulV2)$/, axes.matMulStep],
  [/^(Concat|ConcatV2)$/, axes.concatStep],
  [/^(Slice)$/, axes.sliceStep],
  [/^(StridedSlice)$/, axes.stridedSliceStep],
  [/^(Split|SplitV)$/, axes.splitStep],
  [/^(Unpack)$/, axes.unpackStep],
  [/^(Pack)$/, axes.packStep],
  [/^(Gather|GatherV2)$/, axes.gatherStep],
  [/^(Tile)$/, axes.tileStep],
  [/^(Reverse|ReverseV2)$/, axes.reverseStep],
  [
    /^(BroadcastTo|Cast|Identity|StopGradient|Snapshot|PlaceholderWithDefault|LRN|FusedBatchNorm|FusedBatchNormV2|FusedBatchNormV3)$/,
    axes.firstOnlyStep,
  ],
];

/** Kinds of operations, as tfjs-converter sorts them, that compute each number from the same place of each input. */
const POINTWISE = /^(arithmetic|basic_math|logical)$/;

/**
 * Says what a node reads of one of its inputs: for graph models what `describeReads` says for layers.
 *
 * @returns `undefined` if that is not known.
 */
export function describeNode(node: NodeView): NodeStep | undefined {
  const [, rule] = RULES.find(([operation]) => operation.test(node.op)) ?? [];
  if (rule) return rule(node);
  return POINTWISE.test(node.category ?? '') ? axes.pointwiseStep(node) : undefined;
}
