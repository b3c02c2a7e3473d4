import type { ConvolutionKernel, KernelKind } from '../model/selection/ConvolutionKernel';

/** The weights that one map of a layer was made with: a plane `[height, width]` for each map that it looks at. */
export interface Kernel {
  readonly height: number;
  readonly width: number;
  readonly planes: number;
  /** `[height, width, planes]`, row-major. */
  readonly data: Float32Array;
}

/** Reads the kernel of one map. */
export function readKernel({ kind, tensor }: ConvolutionKernel, channel: number): Kernel {
  const [height, width, inputs, outputs] = tensor.shape as [number, number, number, number];
  const values = tensor.dataSync() as Float32Array;
  // Where in a window's `inputs × outputs` numbers those of this map stand, and how far apart.
  const layout: Record<KernelKind, [first: number, step: number, planes: number]> = {
    plain: [channel, outputs, inputs],
    depthwise: [channel, 1, 1],
    transposed: [channel * outputs, 1, outputs],
  };
  const [first, step, planes] = layout[kind];
  const data = new Float32Array(height * width * planes);
  for (let at = 0; at < data.length; at++) {
    const window = Math.floor(at / planes);
    data[at] = values[window * inputs * outputs + first + (at % planes) * step]!;
  }
  return { height, width, planes, data };
}
