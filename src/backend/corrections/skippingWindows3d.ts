import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Triple = number | readonly [number, number, number];
type Call = KernelCall<
  { readonly x: TensorInfo; readonly filter?: TensorInfo },
  {
    readonly filterSize?: Triple;
    readonly strides: Triple;
    readonly dilations?: Triple | null;
    readonly pad: 'valid' | 'same' | number;
    readonly dataFormat?: string | null;
  }
>;

/**
 * Convolutions and pools in three dimensions with the padding `same` whose windows leave out values.
 *
 * tfjs takes a negative padding there, as if something had to be cut off on both sides: `[1, 2, 3, 4]` by the kernel `[1]`
 * with stride 2 is `[2, 4]` instead of `[1, 3]`. Here the values behind the last window are cut off, as no window reads
 * them, and the padding comes to nothing. (Other backends have the same fault, and keep it.)
 */
export const skippingWindows3d: readonly Correction[] = ['Conv3D', 'MaxPool3D', 'AvgPool3D'].map(
  (kernelName) => ({
    kernelName,
    example: {
      inputs: {
        x: { shape: [1, 1, 1, 4, 1], values: Float32Array.of(1, 2, 3, 4) },
        ...(kernelName === 'Conv3D' && { filter: { shape: [1, 1, 1, 1, 1], values: Float32Array.of(1) } }),
      },
      attributes: { filterSize: 1, strides: [1, 1, 2], dilations: 1, pad: 'same', dataFormat: 'NDHWC' },
      output: [1, 3],
    },
    correct: (original: Kernel) => (call: Call) => {
      const seen = sizesSeen(call);
      return seen ? onSlice(original, call, seen) : original(call);
    },
  }),
);

/** How much of each axis the windows see; nothing where they see all. */
function sizesSeen({ inputs, attrs }: Call): number[] | undefined {
  const { filterSize, strides, dilations, pad, dataFormat } = attrs;
  if (pad !== 'same' || dataFormat === 'NCDHW') return undefined;
  const sizes = inputs.x.shape.slice(1, 4);
  const filter = inputs.filter?.shape ?? filterSize ?? 1;
  const seen = sizes.map((size, axis) => {
    const stride = at(strides, axis);
    const effective = (at(filter, axis) - 1) * at(dilations ?? 1, axis) + 1;
    return Math.min(size, (Math.ceil(size / stride) - 1) * stride + effective);
  });
  return seen.some((size, axis) => size < sizes[axis]!) ? seen : undefined;
}

function at(values: number | readonly number[], axis: number): number {
  return typeof values === 'number' ? values : values[axis]!;
}

function onSlice(original: Kernel, { backend, inputs, attrs }: Call, seen: number[]): TensorInfo {
  const [batch, , , , channels] = inputs.x.shape as [number, number, number, number, number];
  return composeKernels(backend, ({ run, add }) => {
    const x = run('Slice', { x: inputs.x }, { begin: [0, 0, 0, 0, 0], size: [batch, ...seen, channels] });
    return add(original({ backend, inputs: { ...inputs, x }, attrs }) as TensorInfo);
  });
}
