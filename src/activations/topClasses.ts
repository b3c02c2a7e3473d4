/** One class that a network may have seen, and how sure it is of it. */
export interface PredictedClass {
  /** Of the output, from 0. */
  readonly index: number;
  /** What it is called, where that is known. */
  readonly className?: string;
  /** From 0 to 1, where the network puts out probabilities. */
  readonly probability?: number;
  /** What the network puts out, where those are no probabilities: the larger the likelier. */
  readonly score?: number;
}

/** How far the sum of probabilities may be from 1. */
const TOLERANCE = 1e-3;

/**
 * Finds the classes that a network takes for the likeliest.
 *
 * @param output What it put out for one image: a number a class, or a single one, which is how likely the second of two is.
 * @param classNames A name for each class, or none.
 * @param count How many of them, at the most.
 * @param activation The function that the network ends with: a single number is a probability only after `'sigmoid'`.
 * @returns The likeliest first; probabilities if there are two numbers or more, all from 0 to 1, the sum of which is 1; else
 * scores. Nothing if the numbers are none of classes.
 */
export function topClasses(
  output: Float32Array,
  classNames: readonly string[] = [],
  count = 5,
  activation?: string,
): PredictedClass[] {
  const isBinary = output.length === 1 && activation === 'sigmoid';
  const values = isBinary ? [1 - output[0]!, output[0]!] : [...output];
  if (values.length < 2) return [];
  const kind = areProbabilities(values) ? 'probability' : 'score';
  const order = values.map((_, index) => index);
  // What is no number comes last.
  const rank = (index: number) => (Number.isNaN(values[index]) ? Number.NEGATIVE_INFINITY : values[index]!);
  order.sort((one, other) => rank(other) - rank(one) || one - other);
  return order.slice(0, count).map((index) => ({
    index,
    ...(classNames[index] !== undefined && { className: classNames[index] }),
    [kind]: values[index]!,
  }));
}

/** Whether numbers are probabilities: none below 0, their sum 1. */
export function areProbabilities(values: ArrayLike<number>): boolean {
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    if (!(values[at]! >= 0)) return false;
    sum += values[at]!;
  }
  return Math.abs(sum - 1) < TOLERANCE;
}
