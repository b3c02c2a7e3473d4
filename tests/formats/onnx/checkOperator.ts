import { memory } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { compare, openOnnx, toInput } from './openOnnx';
import { type OnnxInput, runOnnx } from './runOnnx';
import { node, type OnnxArray, type OnnxSetting, type OnnxType, writeOnnx } from './writeOnnx';

/** One operator, with what it reads and its settings. */
export interface OperatorCase {
  readonly op: string;
  /** In the operator's order: numbers, or a shape that is filled at random; `undefined` for what is left out. */
  readonly inputs: readonly (Given | undefined)[];
  readonly attributes?: Readonly<Record<string, OnnxSetting>>;
  /** @defaultValue 17 */
  readonly opset?: number;
  /** How many outputs are compared. @defaultValue 1 */
  readonly outputs?: number;
  /** @defaultValue 1e-5 */
  readonly tolerance?: number;
}

export interface Given {
  readonly shape: readonly number[];
  readonly values?: readonly number[];
  readonly type?: OnnxType;
  /** A weight, which the file holds, instead of what the graph is given. */
  readonly isConstant?: boolean;
  /** Random numbers from here to there. @defaultValue [-2, 2] */
  readonly range?: readonly [number, number];
  /** Axes whose sizes the file leaves open. */
  readonly open?: readonly number[];
}

/** What the graph is given, filled at random. */
export function input(shape: readonly number[], more: Partial<Given> = {}): Given {
  return { shape, ...more };
}

/** A weight filled at random, or with numbers. */
export function weight(shape: readonly number[], more: Partial<Given> = {}): Given {
  return { shape, isConstant: true, ...more };
}

/** Whole numbers that the file holds: a shape, axes. */
export function list(values: readonly number[], type: OnnxType = 'int64'): Given {
  return { shape: [values.length], values, type, isConstant: true };
}

/** A number that the file holds. */
export function scalar(value: number, type: OnnxType = 'float'): Given {
  return { shape: [], values: [value], type, isConstant: true };
}

/** Converts a file of one operator, and expects what onnxruntime puts out. No tensor may be left. */
export async function checkOperator(operatorCase: OperatorCase): Promise<void> {
  const { op, inputs, attributes, opset = 17, outputs: count = 1, tolerance = 1e-5 } = operatorCase;
  const random = createRandom(JSON.stringify(operatorCase));
  for (const given of inputs) if (given && !given.isConstant) requireTelling(given.shape);
  const names = inputs.map((given, index) => (given ? `in${index}` : ''));
  const outputs = Array.from({ length: count }, (_, index) => `out${index}`);
  const filled = new Map<string, OnnxInput & Given>();
  inputs.forEach((given, index) => {
    if (given) filled.set(names[index]!, { ...given, values: given.values ?? fill(given, random) });
  });
  const entries = [...filled];
  const given = Object.fromEntries(entries.filter(([, { isConstant }]) => !isConstant));
  const file = writeOnnx({
    opset,
    nodes: [node(op, names, outputs, attributes, 'node')],
    initializers: Object.fromEntries(entries.filter(([, { isConstant }]) => isConstant)) as Record<
      string,
      OnnxArray
    >,
    inputs: Object.fromEntries(
      Object.entries(given).map(([name, { shape, type = 'float', open = [] }]) => [
        name,
        { shape: shape.map((size, axis) => (open.includes(axis) ? `${name}_${axis}` : size)), type },
      ]),
    ),
    outputs,
  });
  const right = await runOnnx(file, given, outputs);
  const before = memory().numTensors;
  const model = await openOnnx(file);
  const tensors = Object.fromEntries(
    model.inputs.map(({ name, shape }) => [name, toInput(given[name]!, shape)]),
  );
  const results = [model.execute(tensors, outputs)].flat();
  const differences = results.map((result, index) => compare(result, right.get(outputs[index]!)!));
  for (const tensor of [...results, ...Object.values(tensors)]) tensor.dispose();
  model.dispose();
  expect(differences.length).toBe(count);
  for (const difference of differences) expect(difference).toBeLessThan(tolerance);
  expect(memory().numTensors).toBe(before);
}

/** Channels in the second place and in the last must be told apart. */
function requireTelling(shape: readonly number[]): void {
  if (shape.length > 3 && new Set(shape.slice(1)).size === 1 && shape[1]! > 1) {
    throw new RangeError(`expected a shape whose axes can be told apart, got [${shape}]`);
  }
}

function fill({ shape, type = 'float', range: [from, to] = [-2, 2] }: Given, random: () => number): number[] {
  return Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => {
    const value = from + random() * (to - from);
    if (type === 'bool') return Number(value > 0);
    return /float|double/.test(type) ? Math.fround(value) : Math.floor(value);
  });
}

/** Random numbers of at least 0 and less than 1, the same for the same text. */
function createRandom(text: string): () => number {
  let state = [...text].reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193),
    0x811c9dc5,
  );
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A case in few words, as a test's name. */
export function describeCase({ op, inputs, attributes = {}, opset = 17 }: OperatorCase): string {
  const shapes = inputs.map((given) => (given ? `[${given.shape}]${given.isConstant ? '*' : ''}` : '-'));
  return `${op} of ${shapes.join(' ')} ${JSON.stringify(attributes)} in opset ${opset}`;
}
