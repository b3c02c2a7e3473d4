import { describeValue } from '../../common/errors';
import { quote } from '../../common/quote';
import { countUses } from './countUses';
import { isRecord, type KerasConfig, MODEL } from './KerasConfig';
import { isIndex, type NamedLayer, readNamedLayer, readSetting } from './readNamedLayer';

/**
 * Checks that everything which a model refers to is there: what its layers read, where it begins and where it ends, in
 * models inside too. TensorFlow.js would wait for ever for a layer, or a use of one, that never comes.
 *
 * Keys may be `in_this_way` or `inThisWay`, since TensorFlow.js reads both.
 *
 * @param root The model, once it has been converted.
 * @throws Error naming the layer and what it refers to.
 */
export function requireReferences(root: unknown): void {
  // A list of our own in place of recursion: what is inside of layers may be as deep as a file is long.
  const open: { value: unknown; path: string }[] = [{ value: root, path: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    if (Array.isArray(value)) for (const each of value) open.push({ value: each, path });
    if (!isRecord(value)) continue;
    const className = readSetting(value, 'class_name');
    const { config } = value;
    const name = isRecord(config) ? (value.name ?? config.name) : undefined;
    // The outermost model's name is no part of a path.
    const inside = value !== root && typeof name === 'string' ? `${path}${name}/` : path;
    const isGraph = typeof className === 'string' && MODEL.test(className) && className !== 'Sequential';
    if (isGraph && isRecord(config)) requireGraph(config, inside);
    for (const each of Object.values(value)) open.push({ value: each, path: inside });
  }
}

/** Checks one model whose layers say what they read. */
function requireGraph(config: KerasConfig, path: string): void {
  const model = path === '' ? 'the model' : `the layer ${quote(path.slice(0, -1))}`;
  if (!Array.isArray(config.layers)) throw new Error(`${model} is a model without layers`);
  const layers = new Map<string, NamedLayer>();
  for (const [index, written] of config.layers.entries()) {
    const layer = readNamedLayer(written, index, path);
    if (layers.has(layer.name)) {
      throw new Error(`${model} has two layers called ${quote(layer.name)}; name them apart`);
    }
    layers.set(layer.name, layer);
  }
  for (const { place, nodes } of layers.values()) {
    for (const { layer } of nodes.flat()) {
      if (layers.has(layer)) continue;
      throw new Error(
        `the layer ${place} reads ${quote(layer)}, which is no layer of its model; convert the model again`,
      );
    }
  }
  const uses = countUses(layers);
  requireOutputs(layers);
  for (const [key, verb] of [
    ['input_layers', 'begins'],
    ['output_layers', 'ends'],
  ] as const) {
    const ends = readSetting(config, key);
    if (!Array.isArray(ends)) {
      throw new Error(`${model}: expected ${key} that are a list, got ${describeValue(ends)}`);
    }
    for (const end of ends as unknown[]) requireEnd(end, `${model} ${verb} at`, layers, uses);
  }
}

/** Checks that what layers read is put out, as far as the classes of the layers tell. */
function requireOutputs(layers: ReadonlyMap<string, NamedLayer>): void {
  for (const { place, nodes } of layers.values()) {
    for (const { layer, output } of nodes.flat()) {
      const { outputs } = layers.get(layer)!;
      if (output < outputs) continue;
      throw new Error(
        `the layer ${place} reads output ${output} of ${quote(layer)}, which has no more than ${outputs}`,
      );
    }
  }
}

function requireEnd(
  end: unknown,
  words: string,
  layers: ReadonlyMap<string, NamedLayer>,
  uses: ReadonlyMap<string, number>,
): void {
  const [name, use, output] = Array.isArray(end) ? (end as unknown[]) : [];
  const layer = typeof name === 'string' ? layers.get(name) : undefined;
  if (!layer) {
    const what = describeValue(Array.isArray(end) ? name : end);
    throw new Error(`${words} ${what}, which is no layer of it; convert the model again`);
  }
  if (!isIndex(use) || use >= uses.get(layer.name)!) {
    throw new Error(
      `${words} use ${describeValue(use)} of ${quote(layer.name)}, which has ${uses.get(layer.name)}`,
    );
  }
  if (isIndex(output) && output < layer.outputs) return;
  throw new Error(
    `${words} output ${describeValue(output)} of ${quote(layer.name)}, which has no more than ${layer.outputs}`,
  );
}
