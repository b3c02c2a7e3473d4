import { reshape, transpose } from '@tensorflow/tfjs-core';
import { addGradient } from './addGradient';

interface Attributes {
  readonly blockSize: number;
  readonly dataFormat: 'NHWC' | 'NCHW';
}

/**
 * Registers the gradient of `depthToSpace`, which tfjs lacks: every block of pixels goes back into one pixel's channels.
 *
 * @throws RangeError, when it is asked for, for channels first, which the WASM backend does not have either.
 */
export function registerDepthToSpaceGradient(): void {
  addGradient<Attributes>('DepthToSpace', ['x'], (dy, [x], { blockSize, dataFormat }) => {
    if (dataFormat !== 'NHWC') {
      throw new RangeError(`gradient of DepthToSpace: expected the dataFormat NHWC, got ${dataFormat}`);
    }
    const [batch, height, width, channels] = dy.shape as [number, number, number, number];
    const [rows, columns] = [height / blockSize, width / blockSize];
    return {
      x: () => {
        const blocks = reshape(dy, [batch, rows, blockSize, columns, blockSize * channels]);
        return reshape(transpose(blocks, [0, 1, 3, 2, 4]), x!.shape);
      },
    };
  });
}
