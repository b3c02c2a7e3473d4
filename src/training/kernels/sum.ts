import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import {
  type Inputs,
  type KernelCall,
  type OriginalKernel,
  pointerTo,
  sizeOf,
} from '../../backend/wasmBackend';
import { outputOf } from '../plainValues';
import { binaryFor } from '../trainingBinary';

interface Attributes {
  readonly axis: number | number[];
  readonly keepDims?: boolean;
}

/** Sums over the leading axes, as the gradient of a bias does, without turning the tensor first. Leaves others alone. */
export function sum(original: OriginalKernel) {
  return (call: KernelCall<Inputs<'x'>, Attributes>): TensorInfo => {
    const { backend, inputs, attrs } = call;
    const { shape, dtype } = inputs.x;
    const axes = util.parseAxisParam(attrs.axis, shape).sort((one, other) => one - other);
    const isLeading = axes.length < shape.length && axes.every((axis, index) => axis === index);
    const rest = shape.slice(axes.length);
    const [rows, channels] = [sizeOf(shape.slice(0, axes.length)), sizeOf(rest)];
    if (!isLeading || dtype !== 'float32' || channels === 0) return original(call);

    const summed = attrs.keepDims ? [...axes.map(() => 1), ...rest] : rest;
    // The backend's own kernel leaves in the memory what was there.
    if (rows === 0) return outputOf(backend, summed, new Float32Array(channels));
    const binary = binaryFor(backend);
    if (!binary) return sumInTwo(original, call, axes);

    const out = backend.makeOutput(summed, 'float32');
    binary.sumRows(pointerTo(backend, inputs.x), pointerTo(backend, out), rows, channels);
    return out;
  };
}

/** Sums each image by itself first: one long sum would cost accuracy. */
function sumInTwo(
  original: OriginalKernel,
  call: KernelCall<Inputs<'x'>, Attributes>,
  axes: readonly number[],
): TensorInfo {
  if (axes.length < 2) return original(call);
  const { backend, inputs, attrs } = call;
  const perImage = original({ backend, inputs, attrs: { axis: axes.slice(1), keepDims: true } });
  const axis = attrs.keepDims ? [0] : [...axes];
  const out = original({ backend, inputs: { x: perImage }, attrs: { ...attrs, axis } });
  backend.disposeData(perImage.dataId);
  return out;
}
