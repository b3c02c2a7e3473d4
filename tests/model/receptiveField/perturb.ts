import { type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { model as functional, type LayersModel } from '@tensorflow/tfjs-layers';
import type { ReceptiveField } from '../../../src/model/receptiveField/traceReceptiveField';

/** The pixels of a field, as `row * width + column`, ascending. */
export function pixelsOf({ patches }: ReceptiveField, width: number): number[] {
  const pixels = new Set<number>();
  for (const { rows, columns } of patches) {
    for (const row of rows) for (const column of columns) pixels.add(row * width + column);
  }
  return [...pixels].sort((one, other) => one - other);
}

/**
 * Makes each pixel of an image very large in turn, and finds where the output changes, in any of its channels: for each
 * place of a layer's output, the pixels that it depends on.
 */
export function perturb(model: LayersModel, name: string, [height, width]: readonly [number, number]) {
  const pixels = height * width;
  const images = new Float32Array((pixels + 1) * pixels).fill(0.5);
  for (let pixel = 0; pixel < pixels; pixel++) images[(pixel + 1) * pixels + pixel] = 1000;
  const cut = functional({ inputs: model.inputs, outputs: model.getLayer(name).output as never });
  const output = tidy(() => cut.predict(tensor4d(images, [pixels + 1, height, width, 1])) as Tensor);
  const [, rows = 1, columns = 1, channels = 1] = output.shape;
  const values = output.dataSync();
  output.dispose();
  const size = rows * columns * channels;
  const dependsOn = (row: number, column: number): number[] => {
    const place = (row * columns + column) * channels;
    const found: number[] = [];
    for (let pixel = 0; pixel < pixels; pixel++) {
      const at = (pixel + 1) * size + place;
      const differs = (_: number, channel: number) => values[at + channel] !== values[place + channel];
      if (Array.from({ length: channels }, differs).includes(true)) found.push(pixel);
    }
    return found;
  };
  return { rows, columns, dependsOn };
}
