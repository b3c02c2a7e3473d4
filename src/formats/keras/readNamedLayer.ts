import { describeValue } from '../../common/errors';
import { quote } from '../../common/quote';
import { isRecord, type KerasConfig, MODEL, toCamelCase } from './KerasConfig';

/** A layer of a model that is no chain: others refer to it by its name. */
export interface NamedLayer {
  readonly name: string;
  /** Its path, in quotes. */
  readonly place: string;
  /** The most things that a use of it may put out. */
  readonly outputs: number;
  /** Whether it is there once, without having been used. */
  readonly isThere: boolean;
  /** What each use of it reads. */
  readonly nodes: readonly (readonly Reference[])[];
}

/** What comes out of a layer, at one of its uses. */
export interface Reference {
  readonly layer: string;
  readonly use: number;
  readonly output: number;
}

/** Layers of TensorFlow.js that put out one thing, as far as their names tell; any other may put out several. */
const ONE_OUTPUT =
  /^(InputLayer|Dense|Flatten|Reshape|Activation|\w*ReLU|ELU|Softmax|Add|Multiply|Average|Maximum|Minimum|Concatenate|Dot|(Batch|Layer)Normalization|\w*Dropout\w*|(Separable|Depthwise)?Conv\dD(Transpose)?|(Global)?(Max|Average)Pooling\dD|ZeroPadding2D|Cropping2D|UpSampling2D|Embedding|Rescaling|Permute)$/;

/**
 * Reads what a layer of a model says of its place in it.
 *
 * @param path Of the model, with a `/` behind it; `''` for the outermost.
 * @throws Error naming the layer, if TensorFlow.js would not see where it belongs.
 */
export function readNamedLayer(layer: unknown, index: number, path: string): NamedLayer {
  const words = `layer ${index} of ${path === '' ? 'the model' : quote(path.slice(0, -1))}`;
  if (!isRecord(layer)) throw new Error(`${words}: expected a layer, got ${describeValue(layer)}`);
  const { name, config } = layer;
  if (typeof name !== 'string' || name === '') {
    throw new Error(`${words}: expected a name, got ${describeValue(name)}`);
  }
  const place = quote(`${path}${name}`);
  // TensorFlow.js looks layers up in an object, which has these of its own.
  if (name in {}) throw new Error(`the layer ${place} has a name that TensorFlow.js cannot take; rename it`);
  const className = readSetting(layer, 'class_name');
  if (typeof className !== 'string' || !isRecord(config)) {
    throw new Error(
      `the layer ${place}: expected a class_name and a config, got ${describeValue(className)} and ${describeValue(config)}`,
    );
  }
  if (config.name !== undefined && config.name !== name) {
    throw new Error(`the layer ${place} is called ${describeValue(config.name)} in its config; call it one`);
  }
  const nodes = readSetting(layer, 'inbound_nodes');
  if (!Array.isArray(nodes)) {
    throw new Error(`the layer ${place}: expected a list as inbound_nodes, got ${describeValue(nodes)}`);
  }
  const isModel = MODEL.test(className);
  return {
    name,
    place,
    outputs: isModel ? countEnds(config) : ONE_OUTPUT.test(className) ? 1 : Number.POSITIVE_INFINITY,
    isThere: isModel || className === 'InputLayer',
    nodes: nodes.map((node: unknown) => readNode(node, place)),
  };
}

/** A setting by its name in either way of writing. */
export function readSetting(config: KerasConfig, name: string): unknown {
  return config[name] ?? config[toCamelCase(name)];
}

/** Whether something is a number that things in a list can have. */
export function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A chain ends once; what else a model ends at is checked where that model is. */
function countEnds(config: KerasConfig): number {
  const ends = readSetting(config, 'output_layers');
  return Array.isArray(ends) ? ends.length : 1;
}

function readNode(node: unknown, place: string): Reference[] {
  if (!Array.isArray(node)) {
    throw new Error(`the layer ${place} reads ${describeValue(node)}; expected a list of tensors`);
  }
  return node.map((tensor: unknown) => {
    const [layer, use, output] = Array.isArray(tensor) ? (tensor as unknown[]) : [tensor];
    if (!Array.isArray(tensor) || typeof layer !== 'string') {
      throw new Error(`the layer ${place} reads ${describeValue(layer)}; expected [layer, use, output]`);
    }
    if (isIndex(use) && isIndex(output)) return { layer, use, output };
    throw new Error(
      `the layer ${place} reads use ${describeValue(use)} and output ${describeValue(output)} of ${quote(layer)}; expected whole numbers`,
    );
  });
}
