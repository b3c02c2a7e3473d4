import { type DataType, dispose, type NamedTensorMap, type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { type GraphModelLike, openShape } from './GraphModelLike';
import { type GraphNode, readBy } from './readNodes';

/** What a run of a graph on zeros tells of its nodes, and of the constants that they read. */
export interface GraphProbe {
  /** Of the first output of a node, by its name; of a constant by the name that it is read by. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** Of constants that say how something is done: axes, paddings, sizes. */
  readonly values: ReadonlyMap<string, readonly number[]>;
}

/** What is put in the place of sizes that are open. */
export interface ProbeSizes {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

/** Numbers of a constant that is read, at the most: two for each axis of a tensor, and more. */
const MOST_SETTINGS = 32;

/** Runs some nodes of a graph on zeros. No tensor is left. */
export function probeGraph(
  model: GraphModelLike,
  nodes: readonly GraphNode[],
  sizes: ProbeSizes,
): GraphProbe {
  const names = listNames(nodes);
  let probe: GraphProbe | undefined;
  tidy(() => {
    probe = readProbe(names, [model.execute(zeroInputs(model, sizes), names)].flat());
  });
  return probe!;
}

/** What nodes put out, and what they read that does not depend on the image. */
export function listNames(nodes: readonly GraphNode[]): string[] {
  const depending = new Set(nodes.map(({ name }) => name));
  const constants = nodes.flatMap((node) =>
    readBy(node).flatMap(({ name }, index) => (depending.has(name) ? [] : (node.inputNames[index] ?? []))),
  );
  return [...new Set([...depending, ...constants])];
}

/** Zeros for each input; where a size is open, one of those given. */
export function zeroInputs({ inputs }: GraphModelLike, { batch, height, width }: ProbeSizes): NamedTensorMap {
  return Object.fromEntries(
    inputs.map(({ name, dtype, shape }) => {
      const open = [batch, height, width, 3];
      const whole = openShape(shape).map((size, axis) => size ?? open[axis] ?? height);
      return [name, zeros(whole, dtype as DataType)];
    }),
  );
}

/** @param outputs Of `names`; nothing of what was not reached. */
export function readProbe(names: readonly string[], outputs: readonly (Tensor | undefined)[]): GraphProbe {
  const shapes = new Map<string, readonly number[]>();
  const values = new Map<string, readonly number[]>();
  for (const [index, name] of names.entries()) {
    const output = outputs[index];
    if (!output) continue;
    shapes.set(name, output.shape);
    if (output.dtype === 'int32' && output.size <= MOST_SETTINGS) values.set(name, [...output.dataSync()]);
  }
  return { shapes, values };
}

/**
 * The same for graphs with branches and loops, of values that differ from place to place. What a branch that was not taken
 * would have put out is not known.
 */
export async function probeGraphAsync(
  model: GraphModelLike,
  nodes: readonly GraphNode[],
  sizes: ProbeSizes,
): Promise<GraphProbe> {
  const names = listNames(nodes);
  const weights = new Set(Object.values(model.weights).flat());
  const given = zeroInputs(model, sizes);
  let outputs: (Tensor | undefined)[] = [];
  try {
    outputs = [await model.executeAsync(given, names)].flat();
    return readProbe(names, outputs);
  } finally {
    dispose([given, ...outputs.filter((output) => output && !weights.has(output))] as Tensor[]);
  }
}
