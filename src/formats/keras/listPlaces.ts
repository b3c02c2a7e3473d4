import { quote } from '../../common/quote';
import { isKerasObject, isLayerList, type KerasConfig, type KerasObject, MODEL } from './KerasConfig';
import { listWeightNames, type WeightName } from './listWeightNames';

/** Where a weight is looked for, and under which name TensorFlow.js has it. */
export interface WeightPlace extends Omit<WeightName, 'name'> {
  /** Layer and weight: `conv/kernel`. */
  readonly name: string;
  /** The layer that the weight is of, of those that Keras names weights after: in a `Bidirectional` the layer inside. */
  readonly layer: string;
  /** What Keras calls it in that layer: `kernel`. */
  readonly part: string;
  /** The folders of Keras 3, from the outermost on. */
  readonly folder: readonly string[];
  /** Its number there. */
  readonly index: number;
  /** Whether it was learned: those that were not stand behind the others in `.h5`. */
  readonly isTrainable: boolean;
}

/** A layer that is in a model itself, with the weights of all that is in it. */
export interface LayerPlaces {
  readonly name: string;
  readonly className: string;
  readonly folder: readonly string[];
  /** Those of classes that are not known left out. */
  readonly weights: readonly WeightPlace[];
}

/** Folders of the parts of a layer, where they are not called as the weights are. */
const FOLDERS: Readonly<Record<string, string>> = {
  query: 'query_dense',
  key: 'key_dense',
  value: 'value_dense',
  attention_output: 'output_dense',
};
/** Layers inside each other that are looked into. */
const DEEPEST = 100;
const RECURRENT = /^(SimpleRNN|GRU|LSTM|ConvLSTM[12]D)$/;

interface Context {
  /** What TensorFlow.js writes before the name of a weight. */
  readonly prefix: string;
  readonly layer: string;
  readonly folder: readonly string[];
  readonly isTrainable: boolean;
}

/**
 * Lists the layers of a model, and where each weight of theirs is found: Keras 3 puts a layer into a folder that is called after its
 * class, with a number where there are several, in the order of the layers.
 *
 * @param model As Keras writes it.
 * @throws Error if the model has no layers.
 */
export function listPlaces(model: KerasObject): LayerPlaces[] {
  return listLayers(model, [], true);
}

function listLayers(model: KerasObject, outer: readonly string[], isOuterTrainable: boolean): LayerPlaces[] {
  const folders = nameFolders();
  return layersOf(model).map((layer) => {
    const { class_name: className, config } = layer;
    const name = nameOf(layer.name ?? config.name);
    const folder = [...outer, 'layers', folders(className)];
    const isTrainable = isOuterTrainable && config.trainable !== false;
    return {
      name,
      className,
      folder,
      weights: listWeights(layer, { prefix: name, layer: name, folder, isTrainable }),
    };
  });
}

/** The layers of a model; a sequential one of old is a list of them. */
function layersOf(model: KerasObject): KerasObject[] {
  const layers: unknown = isLayerList(model) ? model.config : model.config.layers;
  if (!Array.isArray(layers)) {
    throw new Error(
      `the model is a ${model.class_name}, whose layers the file does not name; build it of layers, with keras.Model(inputs, outputs)`,
    );
  }
  return layers
    .map((layer: unknown) =>
      isLayerList(layer) ? { ...layer, config: { name: layer.name, layers: layer.config } } : layer,
    )
    .filter(isKerasObject);
}

function listWeights(layer: KerasObject, context: Context): WeightPlace[] {
  const { class_name: className, config } = layer;
  if (context.folder.length > 2 * DEEPEST) {
    throw new Error(`the layer ${quote(context.layer)} has more than ${DEEPEST} layers inside each other`);
  }
  if (MODEL.test(className)) {
    return listLayers(layer, context.folder, context.isTrainable).flatMap(({ weights }) => weights);
  }
  if (className === 'TimeDistributed' && isKerasObject(config.layer)) {
    return listWeights(toModel(config.layer), enter(context, config.layer, 'layer'));
  }
  if (className === 'Bidirectional' && isKerasObject(config.layer))
    return listBoth(config, config.layer, context);
  if (className === 'RNN') return listCells(config.cell, context);
  const names = listWeightNames(className, config);
  const folder = RECURRENT.test(className) ? [...context.folder, 'cell'] : context.folder;
  return listPlain(names ?? [], { ...context, folder });
}

function listPlain(names: readonly WeightName[], context: Context): WeightPlace[] {
  const counts = new Map<string, number>();
  return names.map(({ name, ...rest }) => {
    const [part, ...inside] = name.split('/').reverse() as [string, ...string[]];
    const folder = [...context.folder, ...inside.map((each) => FOLDERS[each] ?? each)];
    const index = counts.get(folder.join('/')) ?? 0;
    counts.set(folder.join('/'), index + 1);
    return {
      ...rest,
      name: `${context.prefix}/${name}`,
      layer: inside[0] ?? context.layer,
      part,
      folder,
      index,
      isTrainable: context.isTrainable && !rest.isGathered,
    };
  });
}

/** A layer and the same turned round, which TensorFlow.js calls after the first. */
function listBoth(config: KerasConfig, layer: KerasObject, context: Context): WeightPlace[] {
  const written = nameOf(layer.config.name);
  if (!RECURRENT.test(layer.class_name) && layer.class_name !== 'RNN') return [];
  // Keras 3 writes both, by names that say which is which.
  const base = isKerasObject(config.backward_layer) ? written.replace(/^(forward|backward)_/, '') : written;
  return ['forward', 'backward'].flatMap((way) => {
    const name = `${way}_${base}`;
    const inside = { ...context, prefix: `${context.prefix}/${name}`, layer: name };
    return listWeights(layer, { ...inside, folder: [...context.folder, `${way}_layer`] });
  });
}

/** One cell, or several that each read what the one before it puts out. */
function listCells(cell: unknown, context: Context): WeightPlace[] {
  const inside = [cell].flat();
  const isStack = inside.length > 1 || (isKerasObject(cell) && cell.class_name === 'StackedRNNCells');
  const written = isKerasObject(cell) && isStack ? cell.config.cells : inside;
  const cells = (Array.isArray(written) ? written : []).filter(isKerasObject);
  const folders = nameFolders();
  return cells.flatMap((each, index) => {
    const prefix = isStack ? `${context.prefix}/RNNCell_${index}` : context.prefix;
    const folder = isStack ? ['cell', 'cells', folders(each.class_name)] : ['cell'];
    const names = listWeightNames(each.class_name, each.config) ?? [];
    return listPlain(names, { ...enter(context, each, ...folder), prefix });
  });
}

function enter(context: Context, { config }: KerasObject, ...folder: string[]): Context {
  const layer = typeof config.name === 'string' ? config.name : context.layer;
  const isTrainable = context.isTrainable && config.trainable !== false;
  return { ...context, layer, folder: [...context.folder, ...folder], isTrainable };
}

function toModel(layer: KerasObject): KerasObject {
  return isLayerList(layer) ? { ...layer, config: { layers: layer.config } } : layer;
}

/** Gives layers their folders: `conv2d`, `conv2d_1`, … */
function nameFolders(): (className: string) => string {
  const counts = new Map<string, number>();
  return (className) => {
    // What older files call a model is one of that class.
    const name = toSnakeCase(className === 'Model' ? 'Functional' : className);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  };
}

/** What is no text is no name, and nothing that could be made into one. */
function nameOf(name: unknown): string {
  return typeof name === 'string' ? name : '';
}

/** As Keras does it: `re_lu`, `conv2d_transpose`, `conv_lstm2d`. */
function toSnakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
