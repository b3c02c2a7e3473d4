import type { layers } from '@tensorflow/tfjs-layers';
import { isTrainingOnly } from '../selection/isTrainingOnly';
import type { AxisReads } from './axisReads';

/** Height and width of a layer's input or output; 1 × 1 for what is no image. */
type Size = readonly [height: number, width: number];

/** What a layer takes or puts out. */
export interface Extent {
  readonly size: Size;
  /** Number of dimensions, the batch being one; what has 4 is an image. */
  readonly rank: number;
  /** Whether each number stands for some places of an image below, and it is not known for which. */
  readonly isMixed: boolean;
}

/** What one use of a layer reads of one of its inputs. */
export interface Reads {
  readonly rows: AxisReads;
  readonly columns: AxisReads;
  /** Whether all of it is read, and not only some of it. */
  readonly exact: boolean;
  /** As {@link Extent.isMixed}, of what comes out. */
  readonly isMixed: boolean;
}

type Config = Readonly<Record<string, unknown>>;
type Axis = 0 | 1;

const WINDOW = /^((Separable|Depthwise)?Conv2D|Conv2DTranspose|(Max|Average)Pooling2D)$/;
/** Layers that compute each place from the same place of their inputs. */
const POINTWISE =
  /^(Activation|ReLU|LeakyReLU|ELU|ThresholdedReLU|PReLU|(Batch)?Normalization|Rescaling|Dense|Add|Subtract|Multiply|Average|Maximum|Minimum)$/;
/** The same, as long as they go along the channels. */
const ALONG_CHANNELS = /^(Softmax|(Layer|RMS|Unit)Normalization|Concatenate)$/;

/** Says which places of an input a layer reads for each place of its output. */
export function describeReads(
  layer: layers.Layer,
  output: Omit<Extent, 'isMixed'>,
  { size, rank, isMixed }: Extent,
): Reads {
  const className = layer.getClassName();
  // Some layers have a name of their own, for that files say that they are not those of TensorFlow.js.
  const name = className.replace(/^Keras/, '');
  const config: Config = layer.getConfig();
  const toImage = output.rank === 4;
  const along = (read: (axis: Axis) => Partial<AxisReads>, exact = true, mixed = false): Reads => {
    const [rows, columns] = ([0, 1] as const).map((axis): AxisReads => {
      const inputs = size[axis];
      return { inputs, size: 1, stride: 1, dilation: 1, before: 0, divide: 1, floor: false, ...read(axis) };
    }) as [AxisReads, AxisReads];
    return { rows, columns, exact, isMixed: mixed };
  };
  const whole = (axis: Axis) => ({ size: size[axis], stride: 0 });

  if (WINDOW.test(name)) {
    return along((axis) => {
      const window = pair(config.kernelSize ?? config.poolSize, axis);
      const stride = pair(config.strides, axis);
      // These two layers of tfjs take a dilation and do without it; one from a file of Keras says that it does not.
      const isDilated = !/^Depth|Trans/.test(name) || /Dilated$/.test(String(config.padding));
      const dilation = isDilated ? pair(config.dilationRate, axis) : 1;
      // A transposed convolution is one with output and input changed round.
      const isTransposed = name === 'Conv2DTranspose';
      const [from, to] = isTransposed ? [output.size[axis], size[axis]] : [size[axis], output.size[axis]];
      // Half of what `same` needs, rounded down: tfjs-core, `getPadAndOutInfo`, for convolutions and pooling alike.
      const padding = Math.max(0, (to - 1) * stride + (window - 1) * dilation + 1 - from);
      const before = /^same/.test(String(config.padding)) ? Math.floor(padding / 2) : 0;
      return isTransposed
        ? { size: window, divide: stride, before: window - 1 - before }
        : { size: window, stride, dilation, before };
    });
  }
  if (name === 'ZeroPadding2D' || name === 'Cropping2D') {
    const edges = (config.padding ?? config.cropping) as [[number, number], [number, number]];
    return along((axis) => ({ before: name === 'Cropping2D' ? -edges[axis][0] : edges[axis][0] }));
  }
  if (name === 'UpSampling2D') {
    // The place `output / factor`, rounded down, and for bilinear rounded up too: no half pixels, no aligned corners.
    // With half pixels, as models of Keras have them, it is `(output + 1/2) / factor - 1/2`.
    const isHalf = config.interpolation === 'bilinearHalfPixel';
    return along((axis) => {
      const divide = pair(config.size, axis);
      const before = isHalf ? Math.floor(divide / 2) : 0;
      const dilation = isHalf ? 2 * before : divide - 1;
      return { divide, floor: true, size: config.interpolation === 'nearest' ? 1 : 2, dilation, before };
    });
  }
  if (
    POINTWISE.test(name) ||
    isTrainingOnly(className) ||
    (ALONG_CHANNELS.test(name) && isLast(config.axis, output.rank))
  ) {
    const readsAll = name === 'Dense' && rank === 2;
    return along(
      // An input of one row or column is stretched over all.
      (axis) => (size[axis] === 1 ? whole(axis) : {}),
      !(toImage && isMixed),
      !toImage && isMixed && !readsAll,
    );
  }
  if (name === 'Flatten' || name === 'Reshape') {
    const mixes = isMixed || size[0] * size[1] > 1;
    return along(whole, !(toImage && mixes), !toImage && mixes);
  }
  if (
    name === 'Resizing' &&
    /HalfPixel$/.test(String(config.interpolation)) &&
    config.cropToAspectRatio !== true
  ) {
    const window = /^bilinear/.test(String(config.interpolation)) ? 2 : 1;
    const [rows, columns] = ([0, 1] as const).map((axis) =>
      readResized(size[axis], output.size[axis], window),
    );
    if (rows && columns) return along((axis) => (axis === 0 ? rows : columns));
  }
  return along(whole, /^(Global(Average|Max)Pooling2D|GroupNormalization)$/.test(name));
}

/**
 * What an image is read at that becomes some whole number of times as large, or as small, pixels being taken by their
 * centres; `undefined` of any other.
 *
 * @param window The pixels that are mixed around each place.
 */
function readResized(from: number, to: number, window: 1 | 2): Partial<AxisReads> | undefined {
  if (from === to) return {};
  if (to % from === 0) {
    const divide = to / from;
    const before = window === 2 ? Math.floor(divide / 2) : 0;
    return { divide, floor: true, size: window, dilation: 2 * before, before };
  }
  const stride = from / to;
  if (!Number.isInteger(stride)) return undefined;
  // The middle of an odd number of pixels is one, of an even number between two.
  const isBetween = window === 2 && stride % 2 === 0;
  return { stride, size: isBetween ? 2 : 1, before: isBetween ? 1 - stride / 2 : -Math.floor(stride / 2) };
}

function pair(value: unknown, axis: Axis): number {
  return Array.isArray(value) ? value[axis] : ((value as number | undefined) ?? 1);
}

function isLast(axis: unknown, rank: number): boolean {
  return [axis ?? -1].flat().every((one) => one === -1 || one === rank - 1);
}
