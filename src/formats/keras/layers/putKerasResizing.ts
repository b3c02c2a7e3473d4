import { cast, serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Writer } from '../findWriter';
import type { KerasConfig } from '../KerasConfig';
import { KerasLayer, type LayerArgs, onlyTensor, type Shape, withChannelsLast } from './KerasLayer';
import { type Interpolation, resizeImages } from './resizeImages';

/** What `saveModel` writes behind `interpolation`, for that TensorFlow.js by itself refuses such a layer. */
const WRITTEN = '_half_pixel';

/**
 * Puts a layer that resizes as Keras does in the place of a `Resizing`: TensorFlow.js takes pixels by their corners, and
 * knows nothing of `crop_to_aspect_ratio` and `data_format`.
 *
 * @returns Class and configuration; as they are where TensorFlow.js has written them for itself.
 */
export function putKerasResizing(
  config: KerasConfig,
  writer: Writer,
): { class_name: string; config: KerasConfig } {
  const { interpolation = 'bilinear' } = config;
  const isOurs = typeof interpolation === 'string' && interpolation.endsWith(WRITTEN);
  if (writer === 'tfjs' && !isOurs) return { class_name: 'Resizing', config };
  serialization.registerClass(KerasResizing);
  return {
    class_name: KerasResizing.className,
    config: { ...config, interpolation: isOurs ? interpolation : `${interpolation}${WRITTEN}` },
  };
}

/** It has no weights. */
class KerasResizing extends KerasLayer {
  static readonly className = 'KerasResizing';

  private readonly size: readonly [height: number, width: number];
  private readonly interpolation: Interpolation;
  private readonly isCropped: boolean;
  private readonly dataFormat: string;

  constructor(
    args: LayerArgs & {
      height: number;
      width: number;
      interpolation: `${Interpolation}HalfPixel`;
      cropToAspectRatio?: boolean;
      dataFormat?: string;
    },
  ) {
    super(args);
    const { height, width, interpolation, cropToAspectRatio = false, dataFormat } = args;
    this.size = [height, width];
    this.interpolation = interpolation === 'nearestHalfPixel' ? 'nearest' : 'bilinear';
    this.isCropped = cropToAspectRatio;
    this.dataFormat = dataFormat ?? 'channelsLast';
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = inputShape as Shape;
    const batch = shape.slice(0, -3);
    return this.dataFormat === 'channelsFirst'
      ? [...batch, shape.at(-3)!, ...this.size]
      : [...batch, ...this.size, shape.at(-1)!];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() =>
      withChannelsLast(cast(onlyTensor(inputs), 'float32'), this.dataFormat === 'channelsFirst', (input) =>
        resizeImages(input, this.size, this.interpolation, this.isCropped),
      ),
    );
  }
}
