import type { Size } from '../graph/Value';
import { type Operator, type Operators, required } from './Operator';

/**
 * Sums of products, of one or two values: whatever stands for an axis becomes a small letter, since tfjs-converter knows no
 * other, and three dots become as many as there are axes.
 */
const Einsum: Operator = (node, inputs, graph) => {
  const values = inputs.map((_, index) => required(inputs, index));
  const equation = node.text('equation').replaceAll(' ', '');
  const [left = '', right] = equation.split('->');
  const terms = left.split(',');
  if (values.length < 1 || values.length > 2 || terms.length !== values.length) {
    throw new Error(
      `the equation ${equation.slice(0, 60)} is not converted; of one or two values it would be`,
    );
  }
  const count = Math.max(0, ...terms.map((term, index) => countDots(term, values[index]!.shape.length)));
  const dots = Array.from({ length: count }, (_, at) => `.${count - at}`);
  const lists = terms.map((term, index) =>
    expand(term, dots.slice(count - countDots(term, values[index]!.shape.length))),
  );
  const result = right === undefined ? findResult(lists, dots) : expand(right, dots);
  const sizes = new Map<string, Size>();
  lists.forEach((list, index) => {
    const { shape } = values[index]!;
    if (list.length !== shape.length || new Set(list).size !== list.length) {
      throw new Error(`the equation ${equation.slice(0, 60)} is not converted for the shape [${shape}]`);
    }
    list.forEach((axis, at) => {
      if (!sizes.has(axis) || typeof shape[at] === 'number') sizes.set(axis, shape[at]!);
    });
  });
  const letters = new Map([...sizes.keys()].map((axis, index) => [axis, String.fromCharCode(97 + index)]));
  const write = (list: readonly string[]) => list.map((axis) => letters.get(axis)).join('');
  const output = graph.put(
    'Einsum',
    values.map((value) => graph.read(value)),
    {
      equation: `${lists.map(write).join(',')}->${write(result)}`,
      N: values.length,
    },
  );
  return { type: values[0]!.type, shape: result.map((axis) => sizes.get(axis)!), layout: 'file', output };
};

/** How many axes three dots stand for. */
function countDots(term: string, rank: number): number {
  return term.includes('...') ? rank - (term.length - 3) : 0;
}

function expand(term: string, dots: readonly string[]): string[] {
  const [before = '', after] = term.split('...');
  return after === undefined ? [...before] : [...before, ...dots, ...after];
}

/** Where the equation does not say: what the dots stand for, and what is there once, by the alphabet. */
function findResult(lists: readonly (readonly string[])[], dots: readonly string[]): string[] {
  const all = lists.flat();
  const once = all.filter((axis) => !axis.startsWith('.') && all.indexOf(axis) === all.lastIndexOf(axis));
  return [...dots, ...once.sort()];
}

export const einsumOperators: Operators = { Einsum };
