import {
  type DataType,
  dispose,
  env,
  type NamedTensorMap,
  randomUniform,
  type Tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
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
  /** Whether to run it on numbers from 0 to 1 rather than on zeros. */
  readonly isRandom?: true;
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
function listNames(nodes: readonly GraphNode[]): string[] {
  const depending = new Set(nodes.map(({ name }) => name));
  const constants = nodes.flatMap((node) =>
    readBy(node).flatMap(({ name }, index) => (depending.has(name) ? [] : (node.inputNames[index] ?? []))),
  );
  return [...new Set([...depending, ...constants])];
}

/** Zeros for each input; where a size is open, one of those given. */
function zeroInputs(
  { inputs }: GraphModelLike,
  { batch, height, width, isRandom }: ProbeSizes,
): NamedTensorMap {
  return Object.fromEntries(
    inputs.map(({ name, dtype, shape }) => {
      const open = [batch, height, width, 3];
      const whole = openShape(shape).map((size, axis) => size ?? open[axis] ?? height);
      const isNoise = isRandom && dtype === 'float32';
      return [name, isNoise ? randomUniform(whole, 0, 1, dtype, 1) : zeros(whole, dtype as DataType)];
    }),
  );
}

/** @param outputs Of `names`; nothing of what was not reached. */
function readProbe(names: readonly string[], outputs: readonly (Tensor | undefined)[]): GraphProbe {
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
 * The same for graphs with branches and loops: what is on the way to the graph's own outputs. Of a branch that was not taken,
 * and inside of loops, nothing is known.
 */
export async function probeGraphAsync(
  model: GraphModelLike,
  nodes: readonly GraphNode[],
  sizes: ProbeSizes,
): Promise<GraphProbe> {
  const given = zeroInputs(model, sizes);
  try {
    const outputs = [await keepAll(() => model.executeAsync(given, []))].flat();
    const kept = model.getIntermediateTensors?.() ?? {};
    const names = listNames(nodes);
    const probe = readProbe(
      names,
      names.map((name) => {
        if (given[name]) return given[name];
        const [, node = name, output = 0] = kept[name] ? [] : (/^(.*):(\d+)$/.exec(name) ?? []);
        return kept[node]?.[Number(output)] ?? kept[node]?.find(Boolean);
      }),
    );
    const weights = new Set(Object.values(model.weights).flat());
    dispose(outputs.filter((output) => !weights.has(output)));
    return probe;
  } finally {
    model.disposeIntermediateTensors?.();
    dispose(given);
  }
}

/** A flag of tfjs: the only way to what a branch has put out that was not asked for. Asking for one not taken is an error. */
const KEEP = 'KEEP_INTERMEDIATE_TENSORS';

async function keepAll<Result>(run: () => Promise<Result>): Promise<Result> {
  // Not by `set`, which warns of what it costs.
  const flags = env().getFlags();
  const before = env().getBool(KEEP);
  flags[KEEP] = true;
  try {
    return await run();
  } finally {
    flags[KEEP] = before;
  }
}
