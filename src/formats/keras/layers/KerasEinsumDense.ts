import { add, einsum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { KerasLayer, type LayerArgs, onlyTensor, type Shape } from './KerasLayer';

interface Terms {
  readonly input: string;
  readonly kernel: string;
  readonly output: string;
}

/**
 * The `EinsumDense` of Keras: Einstein's summation over the input and a kernel, as in `'abc,cd->abd'`; an ellipsis, at the
 * beginning or the end of input and output, stands for all other axes.
 *
 * Its weights in Keras: `kernel`, of the sizes of its letters, and with `bias_axes` `bias`, of the sizes of those letters of the
 * output, with 1 for what lies between and behind them.
 */
export class KerasEinsumDense extends KerasLayer {
  static readonly className = 'KerasEinsumDense';

  private readonly equation: string;
  private readonly outputSizes: readonly (number | null)[];
  private readonly biasAxes: string;
  private readonly function: { apply(x: Tensor): Tensor };
  private kernel: LayerVariable | undefined;
  private bias: LayerVariable | undefined;

  constructor(
    args: LayerArgs & {
      equation: string;
      outputShape: number | null | (number | null)[];
      biasAxes?: string | null;
      activation?: Parameters<typeof layers.activation>[0]['activation'] | null;
    },
  ) {
    // Files of TensorFlow.js have no capital letters.
    const plain = args.equation.replace(/\s/g, '');
    const equation = replaceCapitals(plain, plain);
    const biasAxes = replaceCapitals(args.biasAxes ?? '', plain);
    super({ ...args, equation, biasAxes } as LayerArgs);
    this.equation = equation;
    this.outputSizes = [args.outputShape].flat();
    this.biasAxes = biasAxes;
    const layer = layers.activation({ activation: args.activation ?? 'linear' });
    this.function = (layer as unknown as { activation: { apply(x: Tensor): Tensor } }).activation;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = inputShape as Shape;
    const { kernel, output } = this.readTerms(shape.length);
    const sizes = this.sizesByLetter(shape);
    this.kernel = this.addZeros(
      'kernel',
      [...kernel].map((letter) => sizes.get(letter)!),
    );
    if (this.biasAxes !== '') {
      const first = [...output].findIndex((letter) => this.biasAxes.includes(letter));
      const letters = [...output].slice(first);
      const bias = letters.map((letter) => (this.biasAxes.includes(letter) ? sizes.get(letter)! : 1));
      this.bias = this.addZeros('bias', bias);
    }
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = inputShape as Shape;
    const sizes = this.sizesByLetter(shape);
    return [...this.readTerms(shape.length).output].map((letter) => sizes.get(letter) ?? null);
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const tensor = onlyTensor(inputs);
      const { input, kernel, output } = this.readTerms(tensor.rank);
      const summed = einsum(`${input},${kernel}->${output}`, tensor, this.kernel!.read());
      const bias = this.bias?.read();
      return this.function.apply(bias ? add(summed, bias) : summed);
    });
  }

  /** The letters of each axis. */
  private readTerms(rank: number): Terms {
    const [left, right] = this.equation.split('->') as [string, string];
    const [given, kernel] = left.split(',') as [string, string];
    const others = spareLetters(this.equation).slice(0, rank - given.replace('...', '').length);
    return { input: given.replace('...', others), kernel, output: right.replace('...', others) };
  }

  /** Of the letters that the input has, and those that the configuration says; the batch is the input's. */
  private sizesByLetter(shape: Shape): Map<string, number | null> {
    const named = [...this.equation.split('->')[1]!.replace('...', '')];
    const own = named
      .slice(-this.outputSizes.length)
      .map((letter, at) => [letter, this.outputSizes.at(at)!] as const);
    const { input } = this.readTerms(shape.length);
    return new Map([...own, ...[...input].map((letter, axis) => [letter, shape[axis]!] as const)]);
  }
}

function spareLetters(equation: string): string {
  return [...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => !equation.includes(letter)).join('');
}

/** Puts letters that an equation has not got in the place of its capital ones. */
function replaceCapitals(text: string, equation: string): string {
  const capitals = [...new Set(equation.match(/[A-Z]/g))];
  return text.replace(/[A-Z]/g, (letter) => spareLetters(equation)[capitals.indexOf(letter)]!);
}
