import {
  add,
  matMul,
  mul,
  serialization,
  split,
  sub,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import type { KerasConfig } from '../KerasConfig';
import { extendLayer, type LayerClass } from './extendLayer';
import type { LayerArgs, Shape } from './KerasLayer';

interface ActivationFunction {
  apply(x: Tensor): Tensor;
}

interface Cell {
  readonly units: number;
  readonly kernel: LayerVariable;
  readonly recurrentKernel: LayerVariable;
  readonly activation: ActivationFunction;
  readonly recurrentActivation: ActivationFunction;
  useBias: boolean;
  bias: LayerVariable | null;
}

type Args = LayerArgs & { resetAfter?: boolean };
type CellClass = LayerClass<Cell, Args>;

/**
 * Puts a layer that resets what it remembers after that was multiplied by weights in the place of a `GRU` or a `GRUCell` with
 * `reset_after`, which Keras makes by default since TensorFlow 2: TensorFlow.js knows the word and cannot do it. Cho et al.,
 * "Learning Phrase Representations using RNN Encoder-Decoder", 2014, in its first version, arXiv 1406.1078v1.
 *
 * Its weights in Keras, in their order: `kernel`, [inputs, 3 × units], `recurrent_kernel`, [units, 3 × units], and `bias`,
 * [2, 3 × units]: what is added to the inputs, and what is added to the memory. Of the three, the update gate comes first,
 * then the reset gate, then the new values.
 *
 * @returns Class and configuration; as they are without `reset_after`.
 */
export function putKerasGRU(
  name: 'GRU' | 'GRUCell',
  config: KerasConfig,
): { class_name: string; config: KerasConfig } {
  if (config.reset_after !== true) return { class_name: name, config };
  const cellName = extendLayer<Cell, Args>('GRUCell', extendCell);
  if (name === 'GRUCell') return { class_name: cellName, config };
  const className = extendLayer<{ cell: InstanceType<CellClass> }, Args>(
    'GRU',
    (base) =>
      class extends base {
        constructor(args: Args) {
          super({ ...args, resetAfter: false });
          const [Cell] = serialization.SerializationMap.getMap().classNameMap[cellName]!;
          this.cell = new (Cell as unknown as CellClass)(args);
        }
      },
  );
  return { class_name: className, config };
}

function extendCell(base: CellClass): CellClass {
  return class extends base {
    constructor(args: Args) {
      super({ ...args, resetAfter: false });
    }

    override build(inputShape: Shape | Shape[]): void {
      const { useBias } = this;
      // That of TensorFlow.js would be of one row.
      this.useBias = false;
      super.build(inputShape);
      this.useBias = useBias;
      if (useBias) this.bias = this.addWeight('bias', [2, 3 * this.units], 'float32', initializers.zeros());
    }

    override call(inputs: Tensor | Tensor[]): Tensor[] {
      const [input, memory] = inputs as [Tensor2D, Tensor2D];
      return tidy(() => {
        const fromInput = matMul(input, this.kernel.read() as Tensor2D);
        const fromMemory = matMul(memory, this.recurrentKernel.read() as Tensor2D);
        const [forInput, forMemory] = this.bias ? split(this.bias.read(), 2) : [0, 0];
        const [inUpdate, inReset, inNew] = split(add(fromInput, forInput!), 3, 1) as [Tensor, Tensor, Tensor];
        const [update, reset, fresh] = split(add(fromMemory, forMemory!), 3, 1) as [Tensor, Tensor, Tensor];
        const kept = this.recurrentActivation.apply(add(inUpdate, update));
        const open = this.recurrentActivation.apply(add(inReset, reset));
        const values = this.activation.apply(add(inNew, mul(open, fresh)));
        const next = add(mul(kept, memory), mul(sub(1, kept), values));
        return [next, next];
      });
    }

    override getConfig(): serialization.ConfigDict {
      return { ...super.getConfig(), resetAfter: true };
    }
  };
}
