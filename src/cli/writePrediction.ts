import type { PredictedClass } from '../activations/topClasses';
import { formatValue } from '../common/formatValue';
import { shorten } from '../common/quote';

/** Letters of the name of a class, at the most. */
const LONGEST = 60;

/** Writes what a network predicts as a line, the likeliest class first. */
export function writePrediction(predicted: readonly PredictedClass[], isDigit: boolean): string {
  const [best] = predicted;
  if (isDigit && best) {
    return `predicted digit: ${best.index} (probability ${writeShare(best.probability ?? Number.NaN)})`;
  }
  const entries = predicted.map(({ index, className, probability, score }) => {
    const name = className === undefined ? `class ${index}` : shorten(className, LONGEST);
    return `${name} (${probability === undefined ? formatValue(score!) : writeShare(probability)})`;
  });
  const isProbable = best?.probability !== undefined;
  return `${isProbable ? 'predicted' : 'highest scores'}: ${entries.join(', ')}`;
}

function writeShare(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
