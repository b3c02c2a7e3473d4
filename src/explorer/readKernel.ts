import type { layers } from '@tensorflow/tfjs-layers';

/** The weights that one map of a layer was made with: a plane `[height, width]` for each map that it looks at. */
export interface Kernel {
  readonly height: number;
  readonly width: number;
  readonly planes: number;
  /** `[height, width, planes]`, row-major. */
  readonly data: Float32Array;
}

/**
 * Reads the kernel of one map.
 *
 * @returns `undefined` for a layer that has no two-dimensional kernel of its own for each map.
 */
export function readKernel(layer: layers.Layer, channel: number): Kernel | undefined {
  const tensor = layer.weights[0]?.read();
  if (tensor?.shape.length !== 4) return undefined;
  const [height, width, inputs, outputs] = tensor.shape as [number, number, number, number];
  const values = tensor.dataSync() as Float32Array;
  // Where in a window's `inputs × outputs` numbers those of this map stand, and how far apart.
  const layout: Record<string, [first: number, step: number, planes: number]> = {
    Conv2D: [channel, outputs, inputs],
    DepthwiseConv2D: [channel, 1, 1],
    Conv2DTranspose: [channel * outputs, 1, outputs],
  };
  const place = layout[layer.getClassName()];
  if (!place) return undefined;
  const [first, step, planes] = place;
  const data = new Float32Array(height * width * planes);
  for (let at = 0; at < data.length; at++) {
    const window = Math.floor(at / planes);
    data[at] = values[window * inputs * outputs + first + (at % planes) * step]!;
  }
  return { height, width, planes, data };
}
