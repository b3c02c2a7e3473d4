import type { io } from '@tensorflow/tfjs-core';
import type { LazyWeight } from '../../weights/LazyWeight';
import { dtypeOf } from '../file/elementTypes';
import type { OnnxTensor } from '../file/OnnxModel';
import { createNamer } from './createNamer';
import { readWeight, type Weight } from './readWeight';
import { toTensor } from './toTensor';
import {
  arrange,
  countOf,
  type Draft,
  isKnown,
  type Layout,
  type Output,
  orderOf,
  placeOf,
  type Size,
  type Value,
} from './Value';
import { type Attribute, writeAttributes } from './writeAttributes';

/** What is done to a tensor before it is read: it is taken as a shape, its axes are moved, and it gets its last shape. */
interface Arrangement {
  readonly from?: readonly number[];
  readonly order: readonly number[];
  readonly shape?: readonly number[];
}

/** Writes the nodes of a graph as tfjs-converter has them. What one node of the file needs is written between two `finish`. */
export interface GraphWriter {
  /** Adds a node of TensorFlow's. */
  put(op: string, inputs: readonly Output[], attributes?: Readonly<Record<string, Attribute>>): Output;
  /** Another output of the same node. */
  nth(output: Output, index: number): Output;
  /** A value in a layout, its axes moved where it lies in another. @defaultValue the file's */
  read(value: Value, layout?: Layout): Output;
  /** A kernel or another weight in an order of its axes: moved at conversion where it is a constant. */
  readArranged(value: Value, arrangement: Arrangement): Output;
  float(value: number): Output;
  int(value: number): Output;
  /** @param shape A list by default. */
  ints(values: readonly number[], shape?: readonly number[]): Output;
  /** Sizes as a list of whole numbers, of which those that are open are found when the graph runs. */
  sizes(sizes: readonly Size[]): Output;
  /** The same numbers in another shape, of which any sizes may be open. */
  reshape(input: Output, shape: readonly Size[]): Output;
  /** A name for a size that is not known. */
  newSize(): string;
  /** Says that this is the kernel of the convolution that is being written. */
  markKernel(kernel: Output, kind: KernelKind): void;
  /** Adds what a graph is given. */
  addInput(name: string, value: Omit<Value, 'output'>): Value;
  /** Ends a node of the file: gives names to all that has been put since the last. @returns The values, put out by this node. */
  finish(name: string, op: string, values: readonly Value[]): Value[];
  /** Keeps in mind where open sizes can be found when the graph runs. */
  remember(value: Value): void;
  /** Everything that has been written. */
  write(): {
    readonly modelTopology: Required<io.ModelArtifacts>['modelTopology'];
    readonly weights: readonly LazyWeight[];
  };
}

type KernelKind = 'plain' | 'depthwise' | 'transposed';

export function createGraphWriter(): GraphWriter {
  const drafts: Draft[] = [];
  const weights: (Weight & { readonly draft: Draft })[] = [];
  const constants = new Map<OnnxTensor, Map<string, Output>>();
  const numbers = new Map<string, Value>();
  const fromFile = new Set<Draft>();
  const moved = new Map<Draft, Map<string, Output>>();
  const origins = new Map<string, { readonly value: Value; readonly axis: number }>();
  const toName = createNamer();
  let begin = 0;
  let sizeCount = 0;
  let kernel: { readonly output: Output; readonly kind: KernelKind } | undefined;

  const put: GraphWriter['put'] = (op, inputs, attributes = {}) => {
    // A damaged file may have fewer values than an operator reads.
    if (!inputs.every((input) => input as Output | undefined))
      throw new RangeError('it reads fewer values than it needs');
    const draft = { op, inputs, attributes: writeAttributes(attributes), name: '' };
    drafts.push(draft);
    return { draft, index: 0 };
  };

  const remembered = (store: Map<string, Output>, key: string, make: () => Output): Output => {
    const known = store.get(key);
    if (known) return known;
    const output = make();
    store.set(key, output);
    return output;
  };

  const readConstant = (tensor: OnnxTensor, { from = tensor.shape, order, shape }: Arrangement): Output => {
    if (countOf(from) !== countOf(tensor.shape)) {
      throw new RangeError(`expected as many numbers as [${from}] has, got the shape [${tensor.shape}]`);
    }
    const store = constants.get(tensor) ?? new Map<string, Output>();
    constants.set(tensor, store);
    const last = shape ?? order.map((axis) => from[axis]!);
    return remembered(store, JSON.stringify([from, order, last]), () => {
      const output = put('Const', [], { dtype: DT[dtypeOf(tensor.type)] });
      output.draft.name = toName(tensor.name || 'constant');
      if (tensor.name !== '') fromFile.add(output.draft);
      weights.push({ draft: output.draft, name: output.draft.name, tensor, from, order, shape: last });
      return output;
    });
  };

  const move = (value: Value & { readonly output: Output }, layout: Layout): Output => {
    const { output, shape } = value;
    const store = moved.get(output.draft) ?? new Map<string, Output>();
    moved.set(output.draft, store);
    return remembered(store, `${output.index} ${layout}`, () => {
      const spatial = shape.slice(2);
      // With one channel or one place nothing has to be moved.
      if (shape[1] === 1 || spatial.every((size) => size === 1))
        return reshape(output, arrange(shape, layout));
      const lying = orderOf(value.layout, shape.length);
      return put('Transpose', [
        output,
        ints(orderOf(layout, shape.length).map((axis) => lying.indexOf(axis))),
      ]);
    });
  };

  const read: GraphWriter['read'] = (value, layout = 'file') => {
    const { constant, output, shape } = value;
    if (constant) return readConstant(constant, { order: orderOf(layout, shape.length) });
    if (!output) throw new Error('it reads a value that nothing puts out');
    const isSame = value.layout === layout || shape.length < 3;
    return isSame ? output : move({ ...value, output }, layout);
  };

  const readArranged: GraphWriter['readArranged'] = (value, arrangement) => {
    if (value.constant) return readConstant(value.constant, arrangement);
    const { from, order, shape } = arrangement;
    let output = read(value);
    if (from) output = reshape(output, from);
    output = put('Transpose', [output, ints(order)]);
    return shape ? reshape(output, shape) : output;
  };

  const number = (key: string, make: () => OnnxTensor): Output => {
    let value = numbers.get(key);
    if (!value) {
      const constant = make();
      value = { type: constant.type, shape: constant.shape, layout: 'file', constant };
      numbers.set(key, value);
    }
    return read(value);
  };
  const float = (value: number) => number(`float ${value}`, () => toTensor('float', [], [value]));
  const int = (value: number) => number(`int ${value}`, () => toTensor('int32', [], [value]));
  const ints: GraphWriter['ints'] = (values, shape = [values.length]) =>
    number(`ints ${values} ${shape}`, () => toTensor('int32', shape, values));

  const sizeOf = (size: string): Output => {
    const origin = origins.get(size);
    if (!origin?.value.output) throw new Error('a size that it needs is nowhere to be found');
    const { value, axis } = origin;
    const place = placeOf(axis, value);
    return put('Slice', [put('Shape', [value.output!]), ints([place]), ints([1])]);
  };
  const sizes: GraphWriter['sizes'] = (all) => {
    if (isKnown(all)) return ints(all);
    const parts = all.map((size) => (typeof size === 'number' ? ints([size]) : sizeOf(size)));
    return parts.length === 1 ? parts[0]! : put('ConcatV2', [...parts, int(0)], { N: parts.length });
  };

  const reshape: GraphWriter['reshape'] = (input, shape) => {
    const open = shape.filter((size) => typeof size === 'string');
    const target =
      open.length === 1 ? ints(shape.map((size) => (typeof size === 'number' ? size : -1))) : sizes(shape);
    return put('Reshape', [input, target]);
  };

  const remember: GraphWriter['remember'] = (value) => {
    value.shape.forEach((size, axis) => {
      if (typeof size === 'string' && value.output && !origins.has(size)) origins.set(size, { value, axis });
    });
  };

  return {
    put,
    nth: ({ draft }, index) => ({ draft, index }),
    read,
    readArranged,
    float,
    int,
    ints,
    sizes,
    reshape,
    newSize: () => `?${sizeCount++}`,
    markKernel: (output, kind) => {
      kernel = { output, kind };
    },
    addInput: (name, value) => {
      const output = put('Placeholder', [], { dtype: DT[dtypeOf(value.type)] });
      const dim = arrange(value.shape, value.layout).map((size) => ({
        size: typeof size === 'number' ? size : -1,
      }));
      Object.assign(output.draft.attributes, { shape: { shape: { dim } } });
      output.draft.name = toName(name);
      begin = drafts.length;
      return { ...value, output };
    },
    finish: (name, op, values) => {
      const own = new Set(drafts.slice(begin));
      const outputs = values.map((value) => read(value, value.layout));
      let last = outputs[0]!;
      const isOne = outputs.every(({ draft, index }, place) => draft === last.draft && index === place);
      if (!isOne || !own.has(last.draft) || last.draft.name !== '') {
        last = outputs.length === 1 ? put('Identity', outputs) : put('IdentityN', outputs);
      }
      const { draft } = last;
      draft.name = toName(name);
      Object.assign(draft.attributes, {
        layerscope_operator: { s: op },
        ...(kernel && { layerscope_kernel: { s: kernel.output.draft.name, kind: kernel.kind } }),
      });
      kernel = undefined;
      for (const inner of drafts.slice(begin)) {
        if (inner === draft || fromFile.has(inner)) continue;
        inner.name ||= toName(`${draft.name}~${inner.op}`);
        Object.assign(inner.attributes, { layerscope_inner: { b: true } });
      }
      begin = drafts.length;
      return values.map((value, index) => {
        const { constant: _, ...rest } = value;
        return { ...rest, output: { draft, index } };
      });
    },
    remember,
    write: () => ({
      modelTopology: {
        node: drafts.map(({ name, op, inputs, attributes }) => ({
          name,
          op,
          input: inputs.map(({ draft, index }) => (index === 0 ? draft.name : `${draft.name}:${index}`)),
          attr: attributes,
        })),
        versions: { producer: 1, minConsumer: 1 },
      },
      weights: weights.map((weight) => ({
        name: weight.name,
        shape: weight.shape,
        dtype: dtypeOf(weight.tensor.type),
        read: (room) => readWeight(weight, room),
      })),
    }),
  };
}

const DT = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' } as const;
