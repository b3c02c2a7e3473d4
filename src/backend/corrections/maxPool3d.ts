import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Call = KernelCall<
  { readonly x: TensorInfo },
  {
    readonly filterSize: number | [number, number, number];
    readonly strides: number | [number, number, number];
    readonly pad: 'valid' | 'same' | number;
    readonly dimRoundingMode?: 'floor' | 'round' | 'ceil' | null;
    readonly dataFormat?: 'NDHWC' | 'NCDHW' | null;
  }
>;

/**
 * Maximum pooling in three dimensions.
 *
 * The backend takes nothing below the smallest positive float for a maximum: a window of negative values puts out 1.2e-38.
 * Here it is done by the pooling in two dimensions, which is right: first over height and width, then over depth.
 */
export const maxPool3d: Correction = {
  kernelName: 'MaxPool3D',
  example: {
    inputs: { x: { shape: [1, 1, 1, 2, 1], values: Float32Array.of(-3, -2) } },
    attributes: { filterSize: [1, 1, 2], strides: 1, pad: 'valid', dataFormat: 'NDHWC' },
    output: [-2],
  },
  correct: () => maxPoolTwice,
};

function maxPoolTwice({ backend, inputs, attrs }: Call): TensorInfo {
  const { x } = inputs;
  const { filterSize, strides, pad, dimRoundingMode, dataFormat } = attrs;
  if (dataFormat === 'NCDHW') {
    throw new RangeError(`MaxPool3D: expected the dataFormat NDHWC, got ${dataFormat}`);
  }
  const shape = x.shape as [number, number, number, number, number];
  const pool = backend_util.computePool3DInfo(
    shape,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode ?? undefined,
  );
  const { batchSize, inDepth, inHeight, inWidth, inChannels, outDepth, outHeight, outWidth } = pool;
  const { filterDepth, filterHeight, filterWidth, strideDepth, strideHeight, strideWidth, padInfo } = pool;
  const padding = (size: number, out: number, filter: number, stride: number, before: number) => {
    const first = Math.max(0, before);
    return [first, Math.max(0, (out - 1) * stride + filter - size - first)];
  };
  return composeKernels(backend, ({ run }) => {
    // The pooling in two dimensions takes float32 only.
    const isFloat = x.dtype === 'float32';
    const values = isFloat ? x : run('Cast', { x }, { dtype: 'float32' });
    const planes = run(
      'MaxPool',
      { x: { ...values, shape: [batchSize * inDepth, inHeight, inWidth, inChannels] } },
      {
        filterSize: [filterHeight, filterWidth],
        strides: [strideHeight, strideWidth],
        pad: [
          [0, 0],
          padding(inHeight, outHeight, filterHeight, strideHeight, padInfo.top),
          padding(inWidth, outWidth, filterWidth, strideWidth, padInfo.left),
          [0, 0],
        ],
      },
    );
    const columns = run(
      'MaxPool',
      { x: { ...planes, shape: [batchSize, inDepth, outHeight * outWidth, inChannels] } },
      {
        filterSize: [filterDepth, 1],
        strides: [strideDepth, 1],
        pad: [[0, 0], padding(inDepth, outDepth, filterDepth, strideDepth, padInfo.front), [0, 0], [0, 0]],
      },
    );
    const pooled = isFloat ? columns : run('Cast', { x: columns }, { dtype: x.dtype });
    return run('Reshape', { x: pooled }, { shape: pool.outShape });
  });
}
