import { describeValue } from '../../common/errors';
import { quote } from '../../common/quote';
import type { Writer } from './findWriter';
import { isRecord, type KerasConfig, type KerasObject } from './KerasConfig';

/** A tensor as Keras 2 writes it: the layer that it comes out of, which use of it, and which output. */
type TensorAddress = readonly [layer: string, use: number, output: number, options: object];

/** The tensors that layers may be called with by name, in the order in which ours take them. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  KerasMultiHeadAttention: ['query', 'value', 'key'],
};

/**
 * Converts what a layer reads, where it is used: Keras 3 writes the call, Keras 2 the tensors and with them the rest of
 * the call.
 *
 * @param models The names of the layers that are models. Of them, Keras 2 and TensorFlow.js count one use more: that which
 * links their own inputs and outputs.
 * @throws Error if the layer is called with something that TensorFlow.js cannot give it, or would pass over.
 */
export function convertNodes(
  layer: KerasObject,
  path: string,
  models: ReadonlySet<string>,
  writer: Writer,
): KerasObject {
  const { inbound_nodes: nodes } = layer;
  if (!Array.isArray(nodes)) return layer;
  return {
    ...layer,
    inbound_nodes: nodes.map((node: unknown) => {
      const names = ARGUMENTS[layer.class_name] ?? [];
      if (isRecord(node)) return convertCall(listByName(node, names), path, models);
      // Of what TensorFlow.js writes there, it uses nothing itself.
      if (writer === 'tfjs') return node;
      const listed = listByOption(node, names);
      requireOptions(listed, path);
      return listed;
    }),
  };
}

/** Puts tensors that a layer is called with by name behind the others. */
function listByName({ args, kwargs }: KerasConfig, names: readonly string[]): KerasConfig {
  if (!isRecord(kwargs) || !Array.isArray(args)) return { args, kwargs };
  const [named, others] = takeTensors(kwargs, names);
  return { args: [...args, ...named], kwargs: others };
}

/** The same for what Keras 2 writes: names beside the first tensor. */
function listByOption(node: unknown, names: readonly string[]): unknown {
  const [first, ...rest] = Array.isArray(node) ? (node as unknown[]) : [];
  if (!Array.isArray(first) || !isRecord(first[3])) return node;
  const [named, others] = takeTensors(first[3], names);
  return [[...first.slice(0, 3), others], ...rest, ...named];
}

function takeTensors(
  kwargs: KerasConfig,
  names: readonly string[],
): readonly [named: unknown[], others: KerasConfig] {
  const isNamed = (name: string) => names.includes(name) && hasTensor(kwargs[name]);
  const others = Object.entries(kwargs).filter(([name]) => !isNamed(name));
  return [names.filter(isNamed).map((name) => kwargs[name]), Object.fromEntries(others)];
}

function convertCall(
  { args, kwargs }: KerasConfig,
  path: string,
  models: ReadonlySet<string>,
): TensorAddress[] {
  const tensors = listTensors(args) ?? refuseConstant(path);
  requireHarmless(kwargs, path);
  return tensors.map(([layer, use, ...rest]) => [layer, models.has(layer) ? use + 1 : use, ...rest]);
}

/** Keras 2 writes what else a layer is called with beside the first tensor, and some versions beside each. */
function requireOptions(node: unknown, path: string): void {
  for (const tensor of Array.isArray(node) ? node : []) {
    if (!Array.isArray(tensor)) continue;
    if (tensor[0] === '_CONSTANT_VALUE') refuseConstant(path);
    requireHarmless(tensor[3], path);
  }
}

function refuseConstant(path: string): never {
  throw new Error(
    `the layer ${quote(path)} is called with something else than tensors, which TensorFlow.js cannot do; put that into a layer`,
  );
}

/** Checks what a layer is called with by name: TensorFlow.js uses nothing of it. */
function requireHarmless(kwargs: unknown, path: string): void {
  for (const [name, value] of Object.entries(isRecord(kwargs) ? kwargs : {})) {
    if (hasTensor(value)) {
      throw new Error(
        `the layer ${quote(path)} is called with a tensor as its ${name}, which TensorFlow.js cannot do; hand it over as the first argument`,
      );
    }
    // What is not set is the same in every call of Keras as what is not there.
    if (value === null || value === undefined || value === false || name === 'name') continue;
    if (Array.isArray(value) && value.length === 0) continue;
    if (name === 'training') {
      if (value === 0) continue;
      throw new Error(
        `the layer ${quote(path)} is called with training=True, which TensorFlow.js would pass over: it would compute what it does once a model is trained, and not what it does in training; call it with training=False or without, and convert the model again, or convert it into a graph model`,
      );
    }
    throw new Error(
      `the layer ${quote(path)} is called with ${name} ${describeValue(value)}, which TensorFlow.js would pass over; call it without, and convert the model again, or convert it into a graph model`,
    );
  }
}

function hasTensor(value: unknown): boolean {
  if (isRecord(value)) return value.class_name === '__keras_tensor__';
  if (!Array.isArray(value)) return false;
  // Keras 2 writes where a tensor comes from.
  const isAddress = typeof value[0] === 'string' && typeof value[1] === 'number';
  return isAddress || value.some(hasTensor);
}

/** The tensors in some arguments, one in another; `undefined` if there is anything else. */
function listTensors(value: unknown): TensorAddress[] | undefined {
  if (Array.isArray(value)) {
    const lists = value.map(listTensors);
    return lists.includes(undefined) ? undefined : lists.flatMap((list) => list!);
  }
  if (!isRecord(value) || value.class_name !== '__keras_tensor__' || !isRecord(value.config))
    return undefined;
  const { keras_history: history } = value.config;
  if (!Array.isArray(history)) return undefined;
  const [layer, use, output] = history as [string, number, number];
  return [[layer, use, output, {}]];
}
