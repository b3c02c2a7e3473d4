import { areProbabilities } from '../activations/topClasses';
import { formatValue } from '../common/formatValue';

/** One number that the network puts out, as it is shown. */
export interface OutputBar {
  readonly index: number;
  /** What the output is called: its number from 0 where it has no name. */
  readonly name: string;
  readonly value: number;
  /** Length of the bar, from 0 to 1; a number below 0 has none. */
  readonly share: number;
  readonly text: string;
}

/** What the network puts out, as it is shown on the page and in saved pictures. */
export interface OutputDescription {
  /** Whether the numbers are probabilities, which are written in per cent. */
  readonly probable: boolean;
  /** How many numbers there are, whether shown or not. */
  readonly count: number;
  readonly bars: readonly OutputBar[];
}

const MOST = 10;

/**
 * Describes an output: everything in its order if it is up to ten numbers, of more the ten largest.
 *
 * @param classNames Of the outputs, by number. Of one output and two classes, the number is how likely the second class is,
 * as Keras has it of two classes, and the first has what is left to 1; if it is none from 0 to 1, it has no name.
 */
export function describeOutput(output: Float32Array, classNames: readonly string[] = []): OutputDescription {
  const isBinary = output.length === 1 && classNames.length === 2;
  const isShare = isBinary && output[0]! >= 0 && output[0]! <= 1;
  const values = isShare ? Float32Array.of(1 - output[0]!, output[0]!) : output;
  const names = isBinary && !isShare ? [] : classNames;
  const probable = areProbabilities(values);
  const chosen = chooseBars(values);
  const longest = probable ? 1 : chosen.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0) || 1;
  return {
    probable,
    count: values.length,
    bars: chosen.map(({ index, value }) => ({
      index,
      name: names[index] ?? String(index),
      value,
      share: Math.max(0, value / longest) || 0,
      text: probable ? `${(value * 100).toFixed(1)} %` : formatValue(value),
    })),
  };
}

/** Chooses what to show: everything in its order if it is up to ten numbers, of more the ten largest. */
export function chooseBars(output: Float32Array): Pick<OutputBar, 'index' | 'value'>[] {
  const bars = Array.from(output, (value, index) => ({ index, value }));
  if (bars.length <= MOST) return bars;
  return bars.sort((one, other) => other.value - one.value || one.index - other.index).slice(0, MOST);
}
