import type { layers } from '@tensorflow/tfjs-layers';
import {
  type AxisReads,
  type AxisWindow,
  paddingBefore,
  readAll,
  readEnlarged,
  readTransposed,
  readWindow,
} from './axisReads';

/** Height and width of a layer's input or output; 1 × 1 for what is no image. */
export type Size = readonly [height: number, width: number];

/** What one use of a layer reads of one of its inputs. */
export interface Reads {
  readonly rows: AxisReads;
  readonly columns: AxisReads;
  /** Whether all of it is read, and not only some of it. */
  readonly exact: boolean;
}

const ONE: AxisWindow = { size: 1, stride: 1, dilation: 1, before: 0 };

/** Layers that compute each place from the same place of their inputs. */
const POINTWISE =
  /^(Activation|ReLU|LeakyReLU|ELU|ThresholdedReLU|PReLU|BatchNormalization|Rescaling|Dense|Add|Subtract|Multiply|Average|Maximum|Minimum|(Alpha|Gaussian|Spatial)?Dropout(2D)?|GaussianNoise)$/;
/** The same, as long as they go along the channels. */
const ALONG_CHANNELS = /^(Softmax|LayerNormalization|Concatenate)$/;
/** Layers of which each value depends on the whole of the input; flattening counts, for what comes after it. */
const WHOLE = /^(Global(Average|Max)Pooling2D|Flatten)$/;

/**
 * Says which places of an input a layer reads for each place of its output.
 *
 * @param isVector Whether the input is no image.
 */
export function describeReads(layer: layers.Layer, output: Size, input: Size, isVector: boolean): Reads {
  const name = layer.getClassName();
  const config = layer.getConfig() as Record<string, unknown>;
  const along = (read: (axis: 0 | 1) => AxisReads): Reads => ({
    rows: read(0),
    columns: read(1),
    exact: true,
  });
  const pair = (value: unknown, axis: 0 | 1): number =>
    Array.isArray(value) ? value[axis] : ((value as number | undefined) ?? 1);

  if (/^(Conv2D|SeparableConv2D|DepthwiseConv2D|(Max|Average)Pooling2D)$/.test(name)) {
    return along((axis) => {
      const shape = {
        size: pair(config.kernelSize ?? config.poolSize, axis),
        stride: pair(config.strides, axis),
        // The layer of tfjs takes a dilation and does without it.
        dilation: name === 'DepthwiseConv2D' ? 1 : pair(config.dilationRate, axis),
      };
      const before = config.padding === 'same' ? paddingBefore(output[axis], input[axis], shape) : 0;
      return readWindow(output[axis], input[axis], { ...shape, before });
    });
  }
  if (name === 'Conv2DTranspose') {
    return along((axis) => {
      const shape = { size: pair(config.kernelSize, axis), stride: pair(config.strides, axis), dilation: 1 };
      const before = config.padding === 'same' ? paddingBefore(input[axis], output[axis], shape) : 0;
      return readTransposed(output[axis], input[axis], { ...shape, before });
    });
  }
  if (name === 'ZeroPadding2D' || name === 'Cropping2D') {
    const edges = (config.padding ?? config.cropping) as [[number, number], [number, number]];
    const sign = name === 'ZeroPadding2D' ? 1 : -1;
    return along((axis) => readWindow(output[axis], input[axis], { ...ONE, before: sign * edges[axis][0] }));
  }
  if (name === 'UpSampling2D') {
    const linear = config.interpolation === 'bilinear';
    return along((axis) => readEnlarged(output[axis], input[axis], pair(config.size, axis), linear));
  }
  const pointwise = POINTWISE.test(name) || (ALONG_CHANNELS.test(name) && isLastAxis(config.axis));
  if (pointwise || isVector) {
    // An input of one row or column is stretched over all.
    return along((axis) =>
      input[axis] === 1 ? readAll(output[axis], 1) : readWindow(output[axis], input[axis], ONE),
    );
  }
  const whole = along((axis) => readAll(output[axis], input[axis]));
  return WHOLE.test(name) ? whole : { ...whole, exact: false };
}

function isLastAxis(axis: unknown): boolean {
  return [axis ?? -1].flat().every((one) => one === -1 || one === 3);
}
