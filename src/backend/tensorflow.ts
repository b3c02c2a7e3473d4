import {
  backend_util,
  broadcast_util,
  broadcastTo,
  buffer,
  DataStorage,
  deprecationWarn,
  engine,
  env,
  findBackendFactory,
  gather_util,
  getBackend,
  getKernel,
  KernelBackend,
  type KernelConfig,
  registerBackend,
  registerKernel,
  removeBackend,
  reshape,
  scatter_util,
  setBackend,
  slice_util,
  TensorBuffer,
  tensor,
  tidy,
  unregisterKernel,
  upcastType,
  util,
} from '@tensorflow/tfjs-core';

/**
 * What the files that `loadBackendHandingIn` loads take of tfjs-core: each member by itself, so that an app's bundler still
 * leaves out the rest. The build fails if one is missing. Names of kernels those files have in themselves.
 */
export const tensorflow = () => ({
  DataStorage,
  KernelBackend,
  TensorBuffer,
  broadcastTo,
  buffer,
  deprecationWarn,
  engine,
  env,
  findBackendFactory,
  getBackend,
  getKernel,
  registerBackend,
  registerKernel: registerMissing,
  removeBackend,
  reshape,
  setBackend,
  tensor,
  tidy,
  unregisterKernel,
  upcastType,
  backend_util: {
    assertAndGetBroadcastShape: backend_util.assertAndGetBroadcastShape,
    assertAxesAreInnerMostDims: backend_util.assertAxesAreInnerMostDims,
    assertParamsConsistent: backend_util.assertParamsConsistent,
    calculateShapes: backend_util.calculateShapes,
    checkEinsumDimSizes: backend_util.checkEinsumDimSizes,
    computeConv2DInfo: backend_util.computeConv2DInfo,
    computeConv3DInfo: backend_util.computeConv3DInfo,
    computeDilation2DInfo: backend_util.computeDilation2DInfo,
    computeOutAndReduceShapes: backend_util.computeOutAndReduceShapes,
    computeOutShape: backend_util.computeOutShape,
    computePool2DInfo: backend_util.computePool2DInfo,
    computePool3DInfo: backend_util.computePool3DInfo,
    convertConv2DDataFormat: backend_util.convertConv2DDataFormat,
    decodeEinsumEquation: backend_util.decodeEinsumEquation,
    eitherStridesOrDilationsAreOne: backend_util.eitherStridesOrDilationsAreOne,
    expandShapeToKeepDim: backend_util.expandShapeToKeepDim,
    fromStringArrayToUint8: backend_util.fromStringArrayToUint8,
    fromUint8ToStringArray: backend_util.fromUint8ToStringArray,
    getAxesPermutation: backend_util.getAxesPermutation,
    getImageCenter: backend_util.getImageCenter,
    getInnerMostAxes: backend_util.getInnerMostAxes,
    getPermuted: backend_util.getPermuted,
    getReshaped: backend_util.getReshaped,
    getReshapedPermuted: backend_util.getReshapedPermuted,
    getSliceBeginCoords: backend_util.getSliceBeginCoords,
    getSliceSize: backend_util.getSliceSize,
    getSparseFillEmptyRowsIndicesDenseShapeMismatch:
      backend_util.getSparseFillEmptyRowsIndicesDenseShapeMismatch,
    getSparseFillEmptyRowsNegativeIndexErrorMessage:
      backend_util.getSparseFillEmptyRowsNegativeIndexErrorMessage,
    getSparseFillEmptyRowsOutOfRangeIndexErrorMessage:
      backend_util.getSparseFillEmptyRowsOutOfRangeIndexErrorMessage,
    getSparseReshapeEmptyTensorZeroOutputDimErrorMessage:
      backend_util.getSparseReshapeEmptyTensorZeroOutputDimErrorMessage,
    getSparseReshapeInputOutputMismatchErrorMessage:
      backend_util.getSparseReshapeInputOutputMismatchErrorMessage,
    getSparseReshapeInputOutputMultipleErrorMessage:
      backend_util.getSparseReshapeInputOutputMultipleErrorMessage,
    getSparseReshapeMultipleNegativeOneOutputDimErrorMessage:
      backend_util.getSparseReshapeMultipleNegativeOneOutputDimErrorMessage,
    getSparseReshapeNegativeOutputDimErrorMessage: backend_util.getSparseReshapeNegativeOutputDimErrorMessage,
    getSparseSegmentReductionIndicesOutOfRangeErrorMessage:
      backend_util.getSparseSegmentReductionIndicesOutOfRangeErrorMessage,
    getSparseSegmentReductionNegativeSegmentIdsErrorMessage:
      backend_util.getSparseSegmentReductionNegativeSegmentIdsErrorMessage,
    getSparseSegmentReductionNonIncreasingSegmentIdsErrorMessage:
      backend_util.getSparseSegmentReductionNonIncreasingSegmentIdsErrorMessage,
    getUndoAxesPermutation: backend_util.getUndoAxesPermutation,
    prepareSplitSize: backend_util.prepareSplitSize,
    segment_util: backend_util.segment_util,
  },
  broadcast_util: {
    assertAndGetBroadcastShape: broadcast_util.assertAndGetBroadcastShape,
  },
  gather_util: { prepareAndValidate: gather_util.prepareAndValidate },
  scatter_util: { calculateShapes: scatter_util.calculateShapes },
  slice_util: {
    computeFlatOffset: slice_util.computeFlatOffset,
    computeOutShape: slice_util.computeOutShape,
    isSliceContinous: slice_util.isSliceContinous,
    parseSliceParams: slice_util.parseSliceParams,
    sliceInfo: slice_util.sliceInfo,
  },
  util: {
    arraysEqual: util.arraysEqual,
    assert: util.assert,
    assertShapesMatch: util.assertShapesMatch,
    bytesPerElement: util.bytesPerElement,
    computeStrides: util.computeStrides,
    encodeString: util.encodeString,
    fingerPrint64: util.fingerPrint64,
    getArrayFromDType: util.getArrayFromDType,
    inferDtype: util.inferDtype,
    inferFromImplicitShape: util.inferFromImplicitShape,
    makeZerosTypedArray: util.makeZerosTypedArray,
    now: util.now,
    parseAxisParam: util.parseAxisParam,
    sizeFromShape: util.sizeFromShape,
  },
});

/**
 * Leaves a kernel that is there: tfjs would warn, and it may be the app's own or wrapped. Those of tfjs's backend are there where
 * the app imports it, and go with this binary, which is the same in all versions from 4.10 on.
 */
function registerMissing(config: KernelConfig): void {
  if (!getKernel(config.kernelName, config.backendName)) registerKernel(config);
}
