import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import type { io } from '@tensorflow/tfjs-core';
import { io as tfio } from '@tensorflow/tfjs-core';

type Attribute = string | number | boolean | readonly number[] | readonly string[];

/** A node as TensorFlow writes it: its operation, what it reads, and its settings. */
interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: string[];
  readonly attr: Record<string, unknown>;
}

/** A graph as it is written down: nodes, and the values of the constants among them. */
export interface GraphDef {
  readonly nodes: readonly NodeDef[];
  readonly weights: readonly {
    name: string;
    shape: number[];
    dtype: 'float32' | 'int32';
    values: Float32Array;
  }[];
}

/** Writes a graph down node by node; each call gives the node's name, for others to read. */
export function writeGraph() {
  const nodes: NodeDef[] = [];
  const weights: GraphDef['weights'][number][] = [];
  const put = (name: string, op: string, input: readonly string[], attr: Record<string, unknown>) => {
    nodes.push({ name, op, input: [...input], attr });
    return name;
  };
  return {
    graph: { nodes, weights } as GraphDef,
    image: (name: string, shape: readonly number[], type = 'DT_FLOAT') =>
      put(name, 'Placeholder', [], {
        dtype: { type },
        shape: { shape: { dim: shape.map((size) => ({ size: String(size) })) } },
      }),
    constant: (
      name: string,
      shape: number[],
      values: ArrayLike<number>,
      dtype: 'float32' | 'int32' = 'float32',
    ) => {
      weights.push({ name, shape, dtype, values: Float32Array.from(values) });
      return put(name, 'Const', [], { dtype: { type: dtype === 'float32' ? 'DT_FLOAT' : 'DT_INT32' } });
    },
    node: (name: string, op: string, input: readonly string[], attributes: Record<string, Attribute> = {}) =>
      put(
        name,
        op,
        input,
        Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, encode(value)])),
      ),
  };
}

function encode(value: Attribute): unknown {
  if (typeof value === 'string') return value.startsWith('DT_') ? { type: value } : { s: btoa(value) };
  if (typeof value === 'boolean') return { b: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { i: String(value) } : { f: value };
  return typeof value[0] === 'string'
    ? { list: { s: value.map((text) => btoa(String(text))) } }
    : { list: { i: value.map(String) } };
}

/** What a `model.json` and its file of weights hold. */
function toArtifacts({ nodes, weights }: GraphDef, signature?: object): io.ModelArtifacts {
  const data = weights.flatMap(({ values, dtype }) => [
    ...new Uint8Array((dtype === 'int32' ? Int32Array.from(values) : values).buffer),
  ]);
  return {
    format: 'graph-model',
    modelTopology: { node: nodes, versions: { producer: 1, minConsumer: 1 } },
    weightSpecs: weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
    weightData: Uint8Array.from(data).buffer,
    ...(signature && { signature }),
  };
}

export function loadGraph(graph: GraphDef, signature?: object): Promise<GraphModel> {
  return loadGraphModel(tfio.fromMemory(toArtifacts(graph, signature)));
}

/** A graph as the converter writes it: a `model.json` and a file of weights beside it. */
export function graphFiles(graph: GraphDef): Record<'model.json' | 'weights.bin', Uint8Array> {
  const { weightData, weightSpecs, ...json } = toArtifacts(graph);
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  return {
    'model.json': new TextEncoder().encode(JSON.stringify({ ...json, weightsManifest })),
    'weights.bin': new Uint8Array(weightData as ArrayBuffer),
  };
}

/** Writes {@link graphFiles} into a folder. */
export async function writeGraphFiles(folder: string, graph: GraphDef): Promise<void> {
  // Not at the top, so that graphs can be written in a page.
  const [{ mkdir, writeFile }, { join }] = await Promise.all([
    import('node:fs/promises'),
    import('node:path'),
  ]);
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(graphFiles(graph))) await writeFile(join(folder, name), bytes);
}
