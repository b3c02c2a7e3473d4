import { isRecord, type KerasObject } from './KerasConfig';

/** A tensor as Keras 2 writes it: the layer that it comes out of, which use of it, and which output. */
type TensorAddress = readonly [layer: string, use: number, output: number, options: object];

/**
 * Converts what a layer reads, where it is used: Keras 3 writes the call, Keras 2 the tensors.
 *
 * @param models The names of the layers that are models. Of them, Keras 2 and TensorFlow.js count one use more: that which
 * links their own inputs and outputs.
 * @throws Error if the layer is called with something that TensorFlow.js cannot give it.
 */
export function convertNodes(layer: KerasObject, path: string, models: ReadonlySet<string>): KerasObject {
  const { inbound_nodes: nodes } = layer;
  if (!Array.isArray(nodes)) return layer;
  return {
    ...layer,
    inbound_nodes: nodes.map((node: unknown) => (isRecord(node) ? convertCall(node, path, models) : node)),
  };
}

function convertCall(
  { args, kwargs }: Readonly<Record<string, unknown>>,
  path: string,
  models: ReadonlySet<string>,
): TensorAddress[] {
  const tensors = listTensors(args);
  if (!tensors) {
    throw new Error(
      `the layer "${path}" is called with something else than tensors, which TensorFlow.js cannot do; put that into a layer`,
    );
  }
  for (const [name, value] of Object.entries(isRecord(kwargs) ? kwargs : {})) {
    const isTensor = listTensors(value)?.length;
    if (isTensor) {
      throw new Error(
        `the layer "${path}" is called with a tensor as its ${name}, which TensorFlow.js cannot do; hand it over as the first argument`,
      );
    }
  }
  return tensors.map(([layer, use, ...rest]) => [layer, models.has(layer) ? use + 1 : use, ...rest]);
}

/** The tensors in some arguments, one in another; `undefined` if there is anything else. */
function listTensors(value: unknown): TensorAddress[] | undefined {
  if (Array.isArray(value)) {
    const lists = value.map(listTensors);
    return lists.includes(undefined) ? undefined : lists.flatMap((list) => list!);
  }
  if (!isRecord(value) || value.class_name !== '__keras_tensor__' || !isRecord(value.config))
    return undefined;
  const [layer, use, output] = value.config.keras_history as [string, number, number];
  return [[layer, use, output, {}]];
}
