import { broadcastTo, einsum, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { addGradient } from './addGradient';
import type { InputGradients } from './gradientTypes';

/** A letter for the axis of one value that a scalar gets: the equation must name an axis of each of its terms. */
const SPARE = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Registers the gradient of `einsum`, which tfjs lacks: another `einsum`, of dy and the other inputs. An axis that only
 * the input itself has was summed over; its gradient is the same all along it.
 */
export function registerEinsumGradient(): void {
  addGradient<{ equation: string }>('Einsum', 'all', (dy, inputs, { equation }) => {
    const [left, right] = equation.replace(/\s/g, '').split('->') as [string, string];
    const terms = left.split(',');
    const gradients = inputs.map((input, at) => () => {
      const others = inputs.filter((_, other) => other !== at);
      const otherTerms = terms.filter((_, other) => other !== at);
      return gradientOf(input, terms[at]!, [dy, ...others], [right, ...otherTerms]);
    });
    return Object.fromEntries(gradients.entries()) as InputGradients;
  });
}

function gradientOf(input: Tensor, term: string, factors: Tensor[], factorTerms: string[]): Tensor {
  const all = [term, ...factorTerms].join('');
  const spare = [...SPARE].find((letter) => !all.includes(letter)) ?? '';
  const named = factorTerms.map((letters) => letters || spare);
  const arrays = factors.map((factor) => (factor.rank === 0 ? reshape(factor, [1]) : factor));
  const known = [...term].filter((letter) => named.some((letters) => letters.includes(letter)));
  const gradient = einsum(`${named.join(',')}->${known.join('')}`, ...arrays);
  const shape = [...term].map((letter, axis) => (known.includes(letter) ? input.shape[axis]! : 1));
  return broadcastTo(reshape(gradient, shape), input.shape);
}
