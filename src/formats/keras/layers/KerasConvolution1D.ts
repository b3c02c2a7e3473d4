import {
  add,
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  expandDims,
  pad,
  squeeze,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { KerasLayer, type LayerArgs, onlyTensor, type Shape, withChannelsLast } from './KerasLayer';

interface Args {
  filters?: number;
  kernelSize: number | [number];
  strides?: number | [number];
  padding?: 'valid' | 'same' | 'causal';
  dilationRate?: number | [number];
  depthMultiplier?: number;
  useBias?: boolean;
  activation?: Parameters<typeof layers.activation>[0]['activation'] | null;
  dataFormat?: string;
}

interface ActivationFunction {
  apply(x: Tensor): Tensor;
  getClassName(): string;
}

/** Convolutions over one axis that TensorFlow.js does not have; they are computed as images of one row. */
abstract class KerasConvolution1D extends KerasLayer {
  protected readonly filters: number;
  protected readonly kernelSize: number;
  protected readonly stride: number;
  protected readonly padding: 'valid' | 'same';
  protected readonly dilation: number;
  protected readonly depthMultiplier: number;
  private readonly dataFormat: string;
  private readonly isCausal: boolean;
  private readonly useBias: boolean;
  /** What is done last: by that name, it can be left out. */
  private readonly activation: ActivationFunction;
  private bias: LayerVariable | undefined;

  constructor(args: LayerArgs & Args) {
    super(args);
    const { filters = 0, strides = 1, padding = 'valid', dilationRate = 1, depthMultiplier = 1 } = args;
    this.filters = filters;
    this.kernelSize = only(args.kernelSize);
    this.stride = only(strides);
    this.dilation = only(dilationRate);
    this.isCausal = padding === 'causal';
    this.padding = padding === 'same' ? 'same' : 'valid';
    this.depthMultiplier = depthMultiplier;
    this.dataFormat = args.dataFormat ?? 'channelsLast';
    this.useBias = args.useBias ?? true;
    const layer = layers.activation({ activation: args.activation ?? 'linear' });
    this.activation = (layer as unknown as { activation: ActivationFunction }).activation;
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = (inputShape as Shape)[this.isFirst ? 1 : 2]!;
    this.addKernels(channels);
    if (this.useBias) this.bias = this.addZeros('bias', [this.countChannels(channels)]);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = inputShape as Shape;
    const [length, channels] = (this.isFirst ? [shape[2], shape[1]] : shape.slice(1)) as [
      number | null,
      number,
    ];
    const steps = length === null ? null : this.countSteps(this.isCausal ? length + this.before : length);
    const count = this.countChannels(channels);
    return this.isFirst ? [shape[0]!, count, steps] : [shape[0]!, steps, count];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() =>
      this.activation.apply(
        withChannelsLast<Tensor3D>(onlyTensor(inputs), this.isFirst, (input) => {
          const edges: [number, number][] = [
            [0, 0],
            [this.before, 0],
            [0, 0],
          ];
          const row = expandDims<Tensor4D>(this.isCausal ? pad(input, edges) : input, 1);
          const output = squeeze(this.convolve(row), [1]);
          return this.bias ? add(output, this.bias.read()) : output;
        }),
      ),
    );
  }

  /** Adds the weights but for the bias. */
  protected abstract addKernels(channels: number): void;

  /** @param row `[batch, 1, length, channels]`. */
  protected abstract convolve(row: Tensor4D): Tensor4D;

  protected abstract countChannels(channels: number): number;

  protected countSteps(length: number): number {
    if (this.padding === 'same') return Math.ceil(length / this.stride);
    return Math.floor((length - (this.kernelSize - 1) * this.dilation - 1) / this.stride) + 1;
  }

  private get isFirst(): boolean {
    return this.dataFormat === 'channelsFirst';
  }

  /** The zeros that a causal layer sees before the first step. */
  private get before(): number {
    return (this.kernelSize - 1) * this.dilation;
  }
}

function only(value: number | [number]): number {
  return Array.isArray(value) ? value[0] : value;
}

/** As an image's, of one row: `[1, length, channels, multiplier]`. */
function asRow(kernel: LayerVariable): Tensor4D {
  return expandDims(kernel.read(), 0);
}

/**
 * The `DepthwiseConv1D` of Keras. Its weights in Keras: `depthwise_kernel`, [length, channels, multiplier], which Keras 3
 * calls `kernel`, and `bias`, [channels × multiplier].
 */
export class KerasDepthwiseConv1D extends KerasConvolution1D {
  static readonly className = 'KerasDepthwiseConv1D';

  private kernel: LayerVariable | undefined;

  protected override addKernels(channels: number): void {
    this.kernel = this.addZeros('depthwise_kernel', [this.kernelSize, channels, this.depthMultiplier]);
  }

  protected override countChannels(channels: number): number {
    return channels * this.depthMultiplier;
  }

  protected override convolve(row: Tensor4D): Tensor4D {
    const { stride, padding, dilation } = this;
    return depthwiseConv2d(row, asRow(this.kernel!), [stride, stride], padding, 'NHWC', [dilation, dilation]);
  }
}

/**
 * The `SeparableConv1D` of Keras. Its weights in Keras, in their order: `depthwise_kernel`, [length, channels, multiplier],
 * `pointwise_kernel`, [1, channels × multiplier, filters], and `bias`, [filters].
 */
export class KerasSeparableConv1D extends KerasConvolution1D {
  static readonly className = 'KerasSeparableConv1D';

  private depthwise: LayerVariable | undefined;
  private pointwise: LayerVariable | undefined;

  protected override addKernels(channels: number): void {
    this.depthwise = this.addZeros('depthwise_kernel', [this.kernelSize, channels, this.depthMultiplier]);
    this.pointwise = this.addZeros('pointwise_kernel', [1, channels * this.depthMultiplier, this.filters]);
  }

  protected override countChannels(): number {
    return this.filters;
  }

  protected override convolve(row: Tensor4D): Tensor4D {
    const { stride, padding, dilation } = this;
    const depthwise = depthwiseConv2d(row, asRow(this.depthwise!), [stride, stride], padding, 'NHWC', [
      dilation,
      dilation,
    ]);
    return conv2d(depthwise, asRow(this.pointwise!), 1, 'valid');
  }
}

/**
 * The `Conv1DTranspose` of Keras. Its weights in Keras: `kernel`, [length, filters, channels], and `bias`, [filters].
 */
export class KerasConv1DTranspose extends KerasConvolution1D {
  static readonly className = 'KerasConv1DTranspose';

  private kernel: LayerVariable | undefined;

  protected override addKernels(channels: number): void {
    this.kernel = this.addZeros('kernel', [this.kernelSize, this.filters, channels]);
  }

  protected override countChannels(): number {
    return this.filters;
  }

  protected override countSteps(length: number): number {
    if (this.padding === 'same') return length * this.stride;
    return length * this.stride + Math.max(this.kernelSize - this.stride, 0);
  }

  protected override convolve(row: Tensor4D): Tensor4D {
    const [batch, , length] = row.shape;
    const shape: [number, number, number, number] = [batch, 1, this.countSteps(length), this.filters];
    return conv2dTranspose(row, asRow(this.kernel!), shape, [1, this.stride], this.padding);
  }
}
