import { type Rank, serialization, slice, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { quote } from '../../../common/quote';
import type { Writer } from '../findWriter';
import type { KerasConfig } from '../KerasConfig';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];
type Shape = (number | null)[];

/**
 * Puts a layer that crops as Keras does in the place of a `CenterCrop`: TensorFlow.js takes the wrong columns of images that
 * are one pixel wider than the crop.
 *
 * @returns Class and configuration; as they are where TensorFlow.js has written them for itself.
 */
export function putKerasCenterCrop(
  config: KerasConfig,
  writer: Writer,
): { class_name: string; config: KerasConfig } {
  // Only Keras says where the channels are, and the layer that is put here.
  if (writer === 'tfjs' && config.data_format !== 'channels_last')
    return { class_name: 'CenterCrop', config };
  serialization.registerClass(KerasCenterCrop);
  return { class_name: KerasCenterCrop.className, config };
}

class KerasCenterCrop extends layers.Layer {
  static readonly className = 'KerasCenterCrop';

  private readonly height: number;
  private readonly width: number;

  constructor(args: LayerArgs & { height: number; width: number }) {
    super(args);
    this.height = args.height;
    this.width = args.width;
  }

  /** To whoever asks, it is the layer that it was in Keras. */
  override getClassName(): string {
    return 'CenterCrop';
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = inputShape as Shape;
    this.requireLarger(shape);
    return [...shape.slice(0, -3), this.height, this.width, shape.at(-1)!];
  }

  override call(inputs: Tensor | Tensor[]): Tensor<Rank> {
    return tidy(() => {
      const [input] = [inputs].flat() as [Tensor];
      this.requireLarger(input.shape);
      const [height, width, channels] = input.shape.slice(-3) as [number, number, number];
      // What is left over is one more row below and one more column on the right.
      const begin = [Math.floor((height - this.height) / 2), Math.floor((width - this.width) / 2), 0];
      const batch = input.shape.slice(0, -3);
      return slice(input, [...batch.map(() => 0), ...begin], [...batch, this.height, this.width, channels]);
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), height: this.height, width: this.width, dataFormat: 'channelsLast' };
  }

  /** Keras would enlarge smaller images, and crop them then. */
  private requireLarger(shape: Shape): void {
    const [height, width] = shape.slice(-3) as [number | null, number | null];
    if ((height ?? this.height) >= this.height && (width ?? this.width) >= this.width) return;
    throw new Error(
      `the layer ${quote(this.name)} is a CenterCrop to ${this.height} × ${this.width} of images of ${height ?? '?'} × ${width ?? '?'}, which would enlarge them; enlarge them before`,
    );
  }
}
