import { add, depthwiseConv2d, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { Writer } from '../findWriter';
import type { KerasConfig } from '../KerasConfig';
import { extendLayer } from './extendLayer';
import { type LayerArgs, onlyTensor, type Shape, withChannelsLast } from './KerasLayer';

/** What `saveModel` writes behind `padding`, for that TensorFlow.js by itself refuses such a layer. */
const WRITTEN = '_dilated';

type Padding = 'same' | 'valid';
type Pair = [number, number];
type Args = LayerArgs & { padding?: string };

interface Depthwise {
  readonly padding: Padding;
  readonly kernelSize: Pair;
  readonly strides: Pair;
  readonly dilationRate: Pair;
  readonly dataFormat: 'channelsFirst' | 'channelsLast';
  readonly depthwiseKernel: LayerVariable;
  readonly bias: LayerVariable | null;
  readonly activation: { apply(x: Tensor): Tensor };
}

/**
 * Puts a layer that leaves holes in its windows in the place of a `DepthwiseConv2D` with a `dilation_rate`: TensorFlow.js
 * takes it, and does without.
 *
 * @returns Class and configuration; as they are where TensorFlow.js does the same, or has written them for itself.
 */
export function putKerasDepthwiseConv2D(
  config: KerasConfig,
  writer: Writer,
): { class_name: string; config: KerasConfig } {
  const { padding = 'valid', dilation_rate: rate = 1 } = config;
  const isOurs = typeof padding === 'string' && padding.endsWith(WRITTEN);
  const isDilated = writer !== 'tfjs' && [rate].flat().some((each) => each !== 1);
  if (!isOurs && !isDilated) return { class_name: 'DepthwiseConv2D', config };
  const className = extendLayer<Depthwise, Args>(
    'DepthwiseConv2D',
    (base) =>
      class extends base {
        constructor(args: Args) {
          super({ ...args, padding: args.padding?.replace(/Dilated$/, '') } as Args);
        }

        override computeOutputShape(inputShape: Shape | Shape[]): Shape {
          const first = this.dataFormat === 'channelsFirst' ? 2 : 1;
          return (super.computeOutputShape(inputShape) as Shape).map((size, axis) => {
            const at = axis - first;
            const length = (inputShape as Shape)[axis]!;
            if ((at !== 0 && at !== 1) || this.padding === 'same' || length === null) return size;
            const span = (this.kernelSize[at]! - 1) * this.dilationRate[at]! + 1;
            return Math.floor((length - span) / this.strides[at]!) + 1;
          });
        }

        override call(inputs: Tensor | Tensor[]): Tensor {
          const { strides, padding, dilationRate, bias } = this;
          return tidy(() =>
            this.activation.apply(
              withChannelsLast<Tensor4D>(onlyTensor(inputs), this.dataFormat === 'channelsFirst', (input) => {
                const kernel = this.depthwiseKernel.read() as Tensor4D;
                const output = depthwiseConv2d(input, kernel, strides, padding, 'NHWC', dilationRate);
                return bias ? add(output, bias.read()) : output;
              }),
            ),
          );
        }

        override getConfig() {
          return { ...super.getConfig(), padding: `${this.padding}Dilated` };
        }
      },
  );
  return { class_name: className, config: { ...config, padding: isOurs ? padding : `${padding}${WRITTEN}` } };
}
