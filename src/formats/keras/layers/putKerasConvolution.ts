import {
  add,
  concat,
  conv1d,
  conv2d,
  conv3d,
  depthwiseConv2d,
  pad,
  reshape,
  split,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  type Tensor5D,
  tidy,
} from '@tensorflow/tfjs-core';
import { InputSpec, type LayerVariable } from '@tensorflow/tfjs-layers';
import type { KerasConfig } from '../KerasConfig';
import { extendLayer } from './extendLayer';
import { type LayerArgs, onlyTensor, type Shape, withChannelsLast } from './KerasLayer';

interface Convolution {
  readonly rank: number;
  readonly filters: number;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly dilationRate: readonly number[];
  readonly padding: 'valid' | 'same' | 'causal';
  readonly dataFormat: 'channelsFirst' | 'channelsLast';
  readonly kernel: LayerVariable;
  readonly bias: LayerVariable | null;
  readonly activation: { apply(x: Tensor): Tensor };
}

type Args = LayerArgs & { groups?: number };

/**
 * Puts a layer that convolves channels in groups, and pads in front with the padding `'causal'`, in the place of a `Conv1D`,
 * `Conv2D` or `Conv3D` that does either: TensorFlow.js passes over groups, and knows the word and cannot do it.
 *
 * Its weights in Keras: `kernel`, [..., channels / groups, filters], and `bias`, [filters]. The filters of the first group come first.
 *
 * @returns Class and configuration; as they are where TensorFlow.js does the same.
 */
export function putKerasConvolution(
  name: string,
  config: KerasConfig,
): { class_name: string; config: KerasConfig } {
  const isGrouped = typeof config.groups === 'number' && config.groups > 1;
  if (!isGrouped && config.padding !== 'causal') return { class_name: name, config };
  const className = extendLayer<Convolution, Args>(
    name,
    (base) =>
      class extends base {
        private readonly groups: number;

        constructor(args: Args) {
          super(args);
          this.groups = args.groups ?? 1;
        }

        override build(inputShape: Shape | Shape[]): void {
          const shape = inputShape as Shape;
          const axis = this.dataFormat === 'channelsFirst' ? 1 : shape.length - 1;
          const channels = shape[axis]!;
          super.build(shape.map((size, at) => (at === axis ? channels / this.groups : size)));
          this.inputSpec = [new InputSpec({ ndim: shape.length, axes: { [axis]: channels } })];
        }

        override computeOutputShape(inputShape: Shape | Shape[]): Shape {
          const shape = super.computeOutputShape(inputShape) as Shape;
          if (this.padding !== 'causal') return shape;
          const axis = this.dataFormat === 'channelsFirst' ? 2 : 1;
          const length = (inputShape as Shape)[axis]!;
          return shape.map((size, at) =>
            at === axis && size !== null ? Math.ceil(length / this.strides[0]!) : size,
          );
        }

        override call(inputs: Tensor | Tensor[]): Tensor {
          return tidy(() =>
            this.activation.apply(
              withChannelsLast(onlyTensor(inputs), this.dataFormat === 'channelsFirst', (input) => {
                const output = this.convolveGroups(
                  this.padding === 'causal' ? padInFront(input, this) : input,
                );
                return this.bias ? add(output, this.bias.read()) : output;
              }),
            ),
          );
        }

        override getConfig() {
          return { ...super.getConfig(), groups: this.groups };
        }

        private convolveGroups(input: Tensor): Tensor {
          const kernel = this.kernel.read();
          if (this.groups === 1) return convolve(input, kernel, this);
          // Some hundred groups of one channel each would be as many convolutions.
          if (this.groups === input.shape.at(-1) && this.rank === 2)
            return convolveDepthwise(input, kernel, this);
          const kernels = split(kernel, this.groups, -1);
          const parts = split(input, this.groups, -1);
          return concat(
            parts.map((part, group) => convolve(part, kernels[group]!, this)),
            -1,
          );
        }
      },
  );
  return { class_name: className, config };
}

/** So that each step sees itself and those before. */
function padInFront(input: Tensor, { kernelSize, dilationRate }: Convolution): Tensor {
  const before = (kernelSize[0]! - 1) * dilationRate[0]!;
  return pad(input, [
    [0, 0],
    [before, 0],
    [0, 0],
  ]);
}

/** @param kernel `[rows, columns, 1, channels × filters of each]`. */
function convolveDepthwise(input: Tensor, kernel: Tensor, layer: Convolution): Tensor {
  const channels = input.shape.at(-1)!;
  const [rows, columns] = kernel.shape as [number, number];
  const own = reshape(kernel, [rows, columns, channels, layer.filters / channels]) as Tensor4D;
  const padding = layer.padding === 'same' ? 'same' : 'valid';
  const [strides, dilation] = [layer.strides, layer.dilationRate] as [[number, number], [number, number]];
  return depthwiseConv2d(input as Tensor4D, own, strides, padding, 'NHWC', dilation);
}

function convolve(input: Tensor, kernel: Tensor, layer: Convolution): Tensor {
  const { rank, strides, dilationRate } = layer;
  const padding = layer.padding === 'causal' ? 'valid' : layer.padding;
  if (rank === 1) {
    return conv1d(input as Tensor3D, kernel as Tensor3D, strides[0]!, padding, 'NWC', dilationRate[0]!);
  }
  const [down, across] = strides as [number, number];
  const [rows, columns] = dilationRate as [number, number];
  if (rank === 2) {
    return conv2d(input as Tensor4D, kernel as Tensor4D, [down, across], padding, 'NHWC', [rows, columns]);
  }
  type Three = [number, number, number];
  return conv3d(
    input as Tensor5D,
    kernel as Tensor5D,
    strides as Three,
    padding,
    'NDHWC',
    dilationRate as Three,
  );
}
