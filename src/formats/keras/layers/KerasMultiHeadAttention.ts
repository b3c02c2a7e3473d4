import {
  add,
  matMul,
  mul,
  reshape,
  softmax,
  type Tensor,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { quote } from '../../../common/quote';
import { KerasLayer, type LayerArgs, type Shape } from './KerasLayer';

interface Args {
  numHeads: number;
  keyDim: number;
  valueDim?: number | null;
  useBias?: boolean;
  outputShape?: number | number[] | null;
  attentionAxes?: number | number[] | null;
}

interface Projection {
  readonly kernel: LayerVariable;
  readonly bias: LayerVariable | undefined;
}

/**
 * The `MultiHeadAttention` of Keras, called with query, value and key; the key is the value where there is none. Vaswani et
 * al., "Attention Is All You Need", 2017, sections 3.2.1 and 3.2.2. Each place looks at all others; there are no masks.
 *
 * Its weights in Keras, in their order: `query/kernel`, [channels, heads, key_dim], `query/bias`, [heads, key_dim]; `key/…`
 * likewise; `value/…` with value_dim; `attention_output/kernel`, [heads, value_dim, outputs], and `attention_output/bias`,
 * [outputs]. Keras 3 has the four in folders: `query_dense`, `key_dense`, `value_dense` and `output_dense`.
 */
export class KerasMultiHeadAttention extends KerasLayer {
  static readonly className = 'KerasMultiHeadAttention';

  private readonly heads: number;
  private readonly keySize: number;
  private readonly valueSize: number;
  private readonly useBias: boolean;
  private readonly outputSize: number | undefined;
  private readonly axes: readonly number[] | undefined;
  private projections: Readonly<Record<'query' | 'key' | 'value' | 'output', Projection>> | undefined;

  constructor(args: LayerArgs & Args) {
    super(args);
    const { numHeads, keyDim, valueDim, useBias = true, outputShape, attentionAxes } = args;
    this.heads = numHeads;
    this.keySize = keyDim;
    this.valueSize = valueDim ?? keyDim;
    this.useBias = useBias;
    this.outputSize = [outputShape ?? []].flat()[0];
    this.axes = attentionAxes == null ? undefined : [attentionAxes].flat();
  }

  override build(inputShape: Shape | Shape[]): void {
    const shapes = this.listShapes(inputShape, 1, 3);
    this.requireAllAxes(shapes[0]!.length);
    const [query, value, key] = this.readInputs(shapes).map((shape) => shape.at(-1)!) as [
      number,
      number,
      number,
    ];
    const outputs = this.outputSize ?? query;
    this.projections = {
      query: this.addProjection('query', [query, this.heads, this.keySize], [this.heads, this.keySize]),
      key: this.addProjection('key', [key, this.heads, this.keySize], [this.heads, this.keySize]),
      value: this.addProjection('value', [value, this.heads, this.valueSize], [this.heads, this.valueSize]),
      output: this.addProjection('attention_output', [this.heads, this.valueSize, outputs], [outputs]),
    };
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [query] = this.listShapes(inputShape, 1, 3) as [Shape];
    return [...query.slice(0, -1), this.outputSize ?? query.at(-1)!];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const given = this.readInputs([inputs].flat()) as [Tensor, Tensor, Tensor];
    const { query, key, value, output } = this.projections!;
    return tidy(() => {
      const queries = this.project(given[0], query, this.keySize);
      const keys = this.project(given[2], key, this.keySize);
      const values = this.project(given[1], value, this.valueSize);
      const scores = matMul(mul(queries, 1 / Math.sqrt(this.keySize)), keys, false, true);
      // [batch, heads, places, values], and the heads of a place side by side.
      const seen = transpose(matMul(softmax(scores), values), [0, 2, 1, 3]);
      const kernel = output.kernel.read();
      const outputs = kernel.shape.at(-1)!;
      const flat = matMul(reshape(seen, [-1, this.heads * this.valueSize]), reshape(kernel, [-1, outputs]));
      const whole = output.bias ? add(flat, output.bias.read()) : flat;
      return reshape(whole, [...given[0].shape.slice(0, -1), outputs]);
    });
  }

  /** The places are those of all axes but the batch and the channels. */
  private requireAllAxes(rank: number): void {
    const axes = this.axes?.map((axis) => (axis < 0 ? axis + rank : axis));
    if (!axes || (axes.length === rank - 2 && axes.every((axis) => axis > 0 && axis < rank - 1))) return;
    throw new Error(
      `the layer ${quote(this.name)} is a MultiHeadAttention with attention_axes ${JSON.stringify(this.axes)}, of which it cannot do some alone; put a Reshape before it and one behind it`,
    );
  }

  private readInputs<T>([query, value = query!, key = value]: readonly T[]): [query: T, value: T, key: T] {
    return [query!, value, key];
  }

  private addProjection(name: string, kernel: number[], bias: number[]): Projection {
    return {
      kernel: this.addZeros(`${name}/kernel`, kernel),
      bias: this.useBias ? this.addZeros(`${name}/bias`, bias) : undefined,
    };
  }

  /** `[batch, …, channels]` -> `[batch, heads, places, size]`. */
  private project(input: Tensor, { kernel, bias }: Projection, size: number): Tensor4D {
    const channels = input.shape.at(-1)!;
    const flat = matMul(
      reshape(input, [-1, channels]),
      reshape(kernel.read(), [channels, this.heads * size]),
    );
    const projected = bias ? add(flat, reshape(bias.read(), [this.heads * size])) : flat;
    return transpose(reshape(projected, [input.shape[0]!, -1, this.heads, size]), [0, 2, 1, 3]) as Tensor4D;
  }
}
