import { add, moments, mul, reshape, rsqrt, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { KerasLayer, type LayerArgs, onlyTensor, type Shape } from './KerasLayer';
import { moveToLast } from './moveToLast';

/**
 * The `GroupNormalization` of Keras: channels are put into groups, one behind the other, and each group is normalized over
 * all its places. Wu and He, "Group Normalization", 2018, equations 1 to 3 and 7.
 *
 * Its weights in Keras, in their order: `gamma` with `scale`, `beta` with `center`, a number a channel.
 */
export class KerasGroupNormalization extends KerasLayer {
  static readonly className = 'KerasGroupNormalization';

  private readonly axis: number;
  private readonly groups: number;
  private readonly epsilon: number;
  private readonly isScaled: boolean;
  private readonly isCentered: boolean;
  private gamma: LayerVariable | undefined;
  private beta: LayerVariable | undefined;

  constructor(
    args: LayerArgs & { groups?: number; axis?: number; epsilon?: number; center?: boolean; scale?: boolean },
  ) {
    super(args);
    const { groups = 32, axis = -1, epsilon = 1e-3, center = true, scale = true } = args;
    this.axis = axis;
    this.groups = groups;
    this.epsilon = epsilon;
    this.isScaled = scale;
    this.isCentered = center;
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = (inputShape as Shape).at(this.axis)!;
    if (this.isScaled) this.gamma = this.addZeros('gamma', [channels]);
    if (this.isCentered) this.beta = this.addZeros('beta', [channels]);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() =>
      moveToLast(onlyTensor(inputs), this.axis, (input) => {
        const [batch, channels] = [input.shape[0]!, input.shape.at(-1)!];
        // One group of all channels is written as 1, each channel by itself as -1.
        const groups = this.groups === -1 ? channels : this.groups;
        const grouped = reshape(input, [batch, -1, groups, channels / groups]);
        const { mean, variance } = moments(grouped, [1, 3], true);
        const normal = mul(sub(grouped, mean), rsqrt(add(variance, this.epsilon)));
        const scaled = this.gamma
          ? mul(reshape(normal, input.shape), this.gamma.read())
          : reshape(normal, input.shape);
        return this.beta ? add(scaled, this.beta.read()) : scaled;
      }),
    );
  }
}
