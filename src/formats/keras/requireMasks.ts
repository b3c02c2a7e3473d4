import { quote } from '../../common/quote';
import { isKerasObject, isRecord, type KerasObject } from './KerasConfig';

/** What goes along with the values that a layer puts out, and says which steps of a sequence do not count. */
interface Mask {
  /** Whether Keras has one there. */
  readonly inKeras: boolean;
  /** Whether TensorFlow.js has one there. */
  readonly inTfjs: boolean;
}

const NONE: Mask = { inKeras: false, inTfjs: false };
/** Layers that hand a mask on in both. */
const HANDED_ON =
  /^(InputLayer|Activation|ReLU|PReLU|Dense|(Gaussian|Alpha)?Dropout|SpatialDropout1D|GaussianNoise|(Batch|Layer)Normalization|Add|Multiply|Average|Maximum|Minimum|Concatenate|TimeDistributed|Masking)$/;
/** Layers that hand it on in Keras alone. */
const HANDED_ON_BY_KERAS =
  /^(LeakyReLU|ELU|ThresholdedReLU|Softmax|Sequential|Functional|Model|Identity|ActivityRegularization|SpatialDropout[23]D|Subtract|(Group|RMS|Unit)Normalization)$/;
/** Layers that go by it, in both, and hand it on where they put out whole sequences. */
const RECURRENT = /^(RNN|SimpleRNN|LSTM|GRU|ConvLSTM2D|Bidirectional)$/;

/**
 * Checks that steps of a sequence that do not count in Keras, by an Embedding with `mask_zero` or a Masking, do not count
 * in TensorFlow.js: there, some layers drop the mask, and GlobalAveragePooling1D takes the mean of all steps.
 *
 * @param model Not converted.
 * @param path Of the model in the one that it is in, with a `/` behind it; `''` for the outermost.
 * @throws Error naming the layer that would go by the mask, and what to do.
 */
export function requireMasks({ class_name: className, config }: KerasObject, path: string): void {
  const layers = (config.layers as unknown[]).filter(isKerasObject);
  const names = new Map(layers.map((layer) => [nameOf(layer), layer]));
  const masks = new Map<string, Mask>();

  const maskOf = (name: string): Mask => {
    const known = masks.get(name);
    const layer = names.get(name);
    if (known || !layer) return known ?? NONE;
    // A layer that is used again may read what it has put out.
    masks.set(name, NONE);
    const read = readsOf(layer).map(maskOf);
    const given = {
      inKeras: read.some(({ inKeras }) => inKeras),
      inTfjs: read.some(({ inTfjs }) => inTfjs),
    };
    if (goesBy(layer) ? given.inKeras !== given.inTfjs : passesOver(layer) && given.inKeras) {
      throw new Error(
        `the layer ${quote(`${path}${name}`)} leaves out the steps that do not count (mask_zero of an Embedding, or a Masking), which TensorFlow.js would pass over there; do without the mask, or convert the model into a graph model`,
      );
    }
    const mask = handOn(layer, given);
    masks.set(name, mask);
    return mask;
  };

  function readsOf(layer: KerasObject): string[] {
    if (className !== 'Sequential') return listInputs(layer.inbound_nodes);
    const before = layers[layers.indexOf(layer) - 1];
    return before ? [nameOf(before)] : [];
  }

  for (const name of names.keys()) maskOf(name);
}

function handOn(layer: KerasObject, given: Mask): Mask {
  const { class_name: className, config } = layer;
  if (className === 'Masking' || (className === 'Embedding' && config.mask_zero === true)) {
    return { inKeras: true, inTfjs: true };
  }
  if (HANDED_ON.test(className)) return given;
  if (HANDED_ON_BY_KERAS.test(className)) return { inKeras: given.inKeras, inTfjs: false };
  return goesBy(layer) && putsOutSequences(layer) ? given : NONE;
}

function goesBy({ class_name: className }: KerasObject): boolean {
  return RECURRENT.test(className);
}

/** Layers that go by it in Keras, and not in TensorFlow.js. */
function passesOver(layer: KerasObject): boolean {
  return /^(GlobalAveragePooling1D|MultiHeadAttention|(Additive)?Attention)$/.test(layer.class_name);
}

function putsOutSequences({ config }: KerasObject): boolean {
  const inside = isKerasObject(config.layer) ? config.layer.config : config;
  return inside.return_sequences === true;
}

/** The names of the layers that a layer reads, in whatever form they are written. */
function listInputs(nodes: unknown): string[] {
  if (isRecord(nodes)) {
    if (nodes.class_name !== '__keras_tensor__') return Object.values(nodes).flatMap(listInputs);
    const history = isRecord(nodes.config) ? nodes.config.keras_history : undefined;
    return Array.isArray(history) ? [String(history[0])] : [];
  }
  if (!Array.isArray(nodes)) return [];
  const [name, use] = nodes;
  return typeof name === 'string' && typeof use === 'number' ? [name] : nodes.flatMap(listInputs);
}

function nameOf({ name, config }: KerasObject): string {
  return String(name ?? config.name);
}
