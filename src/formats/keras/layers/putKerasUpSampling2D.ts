import {
  image,
  type Rank,
  serialization,
  type Tensor,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { InputSpec, layers } from '@tensorflow/tfjs-layers';
import type { Writer } from '../findWriter';
import type { KerasConfig } from '../KerasConfig';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];
type Shape = (number | null)[];

/**
 * What `saveModel` writes as `interpolation`, for that TensorFlow.js by itself refuses such a layer, where it would
 * otherwise compute something else.
 */
const WRITTEN = 'bilinear_half_pixel';

/**
 * Puts a layer that enlarges as Keras does in the place of an `UpSampling2D` with bilinear interpolation. Keras 2 on
 * TensorFlow 2 and Keras 3 take pixels by their centres: [0, 1] twice as large is 0, 0.25, 0.75, 1. TensorFlow.js takes them
 * by their corners, as Keras on TensorFlow 1: 0, 0.5, 1, 1.
 *
 * @returns Class and configuration; as they are where TensorFlow.js does the same.
 */
export function putKerasUpSampling2D(
  config: KerasConfig,
  writer: Writer,
): { class_name: string; config: KerasConfig } {
  const { interpolation } = config;
  const isKeras = interpolation === 'bilinear' && (writer === 'keras2' || writer === 'keras3');
  if (!isKeras && interpolation !== WRITTEN) return { class_name: 'UpSampling2D', config };
  serialization.registerClass(KerasUpSampling2D);
  return { class_name: KerasUpSampling2D.className, config: { ...config, interpolation: 'bilinear' } };
}

class KerasUpSampling2D extends layers.Layer {
  static readonly className = 'KerasUpSampling2D';

  private readonly size: readonly [rows: number, columns: number];
  private readonly isChannelsFirst: boolean;

  constructor(args: LayerArgs & { size?: number | [number, number]; dataFormat?: string }) {
    super(args);
    const { size = 2, dataFormat } = args;
    this.size = Array.isArray(size) ? size : [size, size];
    this.isChannelsFirst = dataFormat === 'channelsFirst';
    this.inputSpec = [new InputSpec({ ndim: 4 })];
  }

  /** To whoever asks, it is the layer that it was in Keras. */
  override getClassName(): string {
    return 'UpSampling2D';
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const first = this.isChannelsFirst ? 2 : 1;
    return (inputShape as Shape).map((length, axis) => {
      const factor = this.size[axis - first];
      return length === null || factor === undefined ? length : length * factor;
    });
  }

  override call(inputs: Tensor | Tensor[]): Tensor<Rank> {
    return tidy(() => {
      const [given] = [inputs].flat() as [Tensor4D];
      const input = this.isChannelsFirst ? transpose(given, [0, 2, 3, 1]) : given;
      const [, height, width] = input.shape;
      const resized = image.resizeBilinear(input, [height * this.size[0], width * this.size[1]], false, true);
      return this.isChannelsFirst ? transpose(resized, [0, 3, 1, 2]) : resized;
    });
  }

  override getConfig(): serialization.ConfigDict {
    return {
      ...super.getConfig(),
      size: [...this.size],
      dataFormat: this.isChannelsFirst ? 'channelsFirst' : 'channelsLast',
      interpolation: 'bilinearHalfPixel',
    };
  }
}
