import { broadcast } from '../graph/shapes';
import type { Size } from '../graph/Value';
import type { Fold } from './Fold';
import { type Folded, MOST_FOLDED } from './Folded';
import { spread } from './spread';

type Compute = (...values: number[]) => number;

/** Operators that compute number by number. Where one is an open size, so is most of what is computed from it. */
export const foldNumbers: Readonly<Record<string, Fold>> = {
  Add: each((a, b) => a + b, { neutral: 0 }),
  Sub: each((a, b) => a - b, { neutralRight: 0 }),
  Mul: each((a, b) => a * b, { neutral: 1 }),
  Div: (args) =>
    each(isWhole(args.inputs) ? (a, b) => Math.trunc(a / b) : (a, b) => a / b, { neutralRight: 1 })(args),
  Mod: (args) =>
    each(args.node.int('fmod', 0) === 1 ? (a, b) => a % b : (a, b) => a - b * Math.floor(a / b))(args),
  Pow: each((a, b) => a ** b, { neutralRight: 1 }),
  Min: each(Math.min),
  Max: each(Math.max),
  Sum: each((...values) => values.reduce((sum, value) => sum + value, 0)),
  Sqrt: each(Math.sqrt),
  Floor: each(Math.floor, { keeps: true }),
  Ceil: each(Math.ceil, { keeps: true }),
  Neg: each((a) => -a),
  Abs: each(Math.abs, { keeps: true }),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Reciprocal: each((a) => 1 / a),
  Equal: each((a, b) => Number(a === b), { type: 'bool', compares: true }),
  Greater: each((a, b) => Number(a > b), { type: 'bool' }),
  GreaterOrEqual: each((a, b) => Number(a >= b), { type: 'bool' }),
  Less: each((a, b) => Number(a < b), { type: 'bool' }),
  LessOrEqual: each((a, b) => Number(a <= b), { type: 'bool' }),
  And: each((a, b) => a & b, { type: 'bool' }),
  Or: each((a, b) => a | b, { type: 'bool' }),
  Not: each((a) => 1 - a, { type: 'bool' }),
  Where: ({ inputs: [condition, yes, no], newSize }) => {
    if (!condition || !yes || !no) return undefined;
    const shape = broadcast([condition.shape, yes.shape, no.shape], newSize) as number[];
    if (shape.reduce((a, b) => a * b, 1) > MOST_FOLDED) return undefined;
    const [which, left, right] = [condition, yes, no].map((input) => spread(input, shape));
    const data = Array.from(which!, (value, at) => (value === 0 ? right![at]! : left![at]!));
    return { type: yes.type, shape, data };
  },
  ReduceProd: ({ node, inputs: [input] }) => {
    if (!input || input.shape.length > 1 || Array.from(input.data).some((size) => typeof size === 'string'))
      return undefined;
    const product = Array.from(input.data, Number).reduce((a, b) => a * b, 1);
    return {
      type: input.type,
      shape: node.int('keepdims', 1) === 1 ? input.shape.map(() => 1) : [],
      data: [product],
    };
  },
};

interface Rules {
  readonly type?: 'bool';
  /** A number that changes nothing, on either side or on the right. */
  readonly neutral?: number;
  readonly neutralRight?: number;
  /** Whether a size, which is whole and not negative, stays what it is. */
  readonly keeps?: boolean;
  readonly compares?: boolean;
}

function each(compute: Compute, rules: Rules = {}): Fold {
  return ({ inputs, newSize }) => {
    const known = inputs.filter((input) => input !== undefined);
    if (known.length < Math.max(1, inputs.length, compute.length)) return undefined;
    const shape = broadcast(
      known.map((input) => input.shape),
      newSize,
    ) as number[];
    const count = shape.reduce((a, b) => a * b, 1);
    if (count > MOST_FOLDED) return undefined;
    const lists = known.map((input) => spread(input, shape));
    const type = rules.type ?? known[0]!.type;
    if (lists.every(ArrayBuffer.isView)) {
      const numbers = Float64Array.from({ length: count }, (_, at) =>
        compute(...lists.map((list) => list[at] as number)),
      );
      return { type, shape, data: numbers };
    }
    const data: Size[] = [];
    for (let at = 0; at < count; at++) {
      const values = lists.map((list) => list[at]!);
      const numbers = values.filter((value) => typeof value === 'number');
      if (numbers.length === values.length) data.push(compute(...numbers));
      else {
        const size = withOpen(values, rules) ?? (type === 'bool' ? undefined : newSize());
        if (size === undefined) return undefined;
        data.push(size);
      }
    }
    return { type, shape, data };
  };
}

/** What comes of a size that is open. */
function withOpen(
  [a, b]: readonly Size[],
  { neutral, neutralRight, keeps, compares }: Rules,
): Size | undefined {
  if (b === undefined) return keeps ? a : undefined;
  if (b === (neutral ?? neutralRight)) return a;
  if (a === neutral) return b;
  if (!compares) return undefined;
  if (a === b) return 1;
  return (typeof a === 'number' && a < 0) || (typeof b === 'number' && b < 0) ? 0 : undefined;
}

function isWhole(inputs: readonly (Folded | undefined)[]): boolean {
  return inputs.every((input) => input && !/float|double/.test(input.type));
}
