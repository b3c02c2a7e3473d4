import { serialization } from '@tensorflow/tfjs-core';
import { quote } from '../../common/quote';
import { isKerasObject, isLayerList, isRecord, type KerasConfig, type KerasObject } from './KerasConfig';

/** Names that Keras gives to what TensorFlow.js knows by another one. */
const CLASSES: Readonly<Record<string, string>> = {
  IdentityInitializer: 'Identity',
  LecunNormal: 'LeCunNormal',
  LecunUniform: 'LeCunUniform',
  L1: 'L1L2',
  L2: 'L1L2',
};
const ACTIVATIONS: Readonly<Record<string, string>> = {
  celu: 'elu',
  hard_swish: 'hard_silu',
  'keras_hub>gelu_approximate': 'gelu_approximate',
  'keras_nlp>gelu_approximate': 'gelu_approximate',
  silu: 'swish',
};
/** Initializers by the names that TensorFlow.js takes in place of a class. */
const INITIALIZERS =
  /^(constant|(glorot|he)_(normal|uniform)|identity|ones|(random|truncated)_normal|random_uniform|variance_scaling|zeros)$/;

/**
 * Converts the settings of a layer, by the names and in the forms that TensorFlow.js knows.
 *
 * @param path The layer's name, behind those of the models that it is in.
 * @param convertInside Converts a layer that this one wraps, given its name.
 * @throws Error if the layer is quantized, or has a layer as its activation function.
 */
export function convertSettings(
  { batch_shape: batchShape, ...config }: KerasConfig,
  path: string,
  convertInside: (layer: KerasObject, name: string) => KerasObject,
): KerasConfig {
  const convert = (key: string, setting: unknown): unknown => {
    const value = unwrap(setting);
    if (key === 'dtype') return toType(value, path);
    if (key.endsWith('activation')) return toActivation(value, path);
    if (key.endsWith('initializer')) return toInitializer(value);
    if (/(regularizer|constraint)$/.test(key)) return toRestriction(value);
    if (Array.isArray(value)) return value.map((each) => convert(key, each));
    // What is inside TimeDistributed, Bidirectional and RNN.
    if (!/(^|_)(layer|cells?)$/.test(key)) return value;
    const inside = isLayerList(value) ? { ...value, config: { layers: value.config } } : value;
    return isKerasObject(inside) ? convertInside(inside, String(inside.config.name ?? key)) : value;
  };
  const converted = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, convert(key, value)]),
  );
  return batchShape === undefined ? converted : { ...converted, batch_input_shape: batchShape };
}

/** Numbers that came out of NumPy or a tensor are written as objects. */
function unwrap(value: unknown): unknown {
  if (!isRecord(value)) return value;
  if (value.type === 'ndarray') return value.value;
  const isArray = value.class_name === '__numpy__' || value.class_name === '__tensor__';
  return isArray && isRecord(value.config) ? value.config.value : value;
}

/** Numbers are computed in single precision, whatever kind of floats a model was made for. */
function toType(dtype: unknown, path: string): unknown {
  const name = isRecord(dtype) && isRecord(dtype.config) ? (dtype.config.name ?? dtype.config.mode) : dtype;
  if (typeof name === 'string' && /^(int[48]|float8)(_|$)/.test(name)) {
    throw new Error(
      `the layer ${quote(path)} is quantized (${name}); convert the model as it was before quantization`,
    );
  }
  if (typeof name !== 'string') return name;
  if (/float/.test(name)) return 'float32';
  // TensorFlow.js has one type of whole numbers.
  return /^u?int\d+$/.test(name) ? 'int32' : name;
}

/** A function is written as an object where it is not one of Keras' own, and by some versions of Keras 3 always. */
function toActivation(activation: unknown, path: string): unknown {
  const name = nameOf(activation);
  if (name === undefined) {
    throw new Error(
      `the layer ${quote(path)} has a ${(activation as KerasConfig).class_name} as its activation function; put that behind it as a layer`,
    );
  }
  return typeof name === 'string' ? (ACTIVATIONS[name] ?? name) : name;
}

/** `undefined` for an object that is no function, nor a layer that does as one. */
function nameOf(activation: unknown): unknown {
  if (!isRecord(activation)) return activation;
  if (isKerasObject(activation)) return nameOfLayer(activation);
  if (activation.class_name !== 'function') return undefined;
  const { config, registered_name: registered } = activation;
  // One of somebody's own may be called like one of Keras'.
  const isOwn = typeof registered === 'string' && registered.includes('>');
  return typeof config === 'string' && !isOwn ? config : registered;
}

/** The function that does as a layer; `undefined` if there is none. */
function nameOfLayer({ class_name: className, config }: KerasObject): string | undefined {
  // Of one and the same, Keras 3 says how steep it is, Keras 2 what alpha is.
  const slope = unwrap(config.negative_slope ?? config.alpha ?? 0.3);
  if (className === 'LeakyReLU' && typeof slope === 'number') return `leaky_relu${slope}`;
  const isPlain = [config.max_value, config.negative_slope, config.threshold].every(
    (value) => !unwrap(value),
  );
  return className === 'ReLU' && isPlain ? 'relu' : undefined;
}

/**
 * The weights come from the file, so that it is enough for an initializer to be one that works: that of TensorFlow.js for
 * orthogonal matrices needs all of TensorFlow.js, and others it does not have.
 */
function toInitializer(value: unknown): unknown {
  const replacement = { class_name: 'GlorotUniform', config: { seed: null } };
  if (typeof value === 'string') return INITIALIZERS.test(value) || isKnown(value) ? value : replacement;
  if (!isKerasObject(value)) return value;
  const name = CLASSES[value.class_name] ?? value.class_name;
  return isKnown(name) ? { class_name: name, config: value.config } : replacement;

  function isKnown(name: string): boolean {
    return !/^orthogonal/i.test(name) && name in serialization.SerializationMap.getMap().classNameMap;
  }
}

/** Regularizers and constraints only matter in training; one that TensorFlow.js does not have is left out. */
function toRestriction(value: unknown): unknown {
  if (!isKerasObject(value)) return value;
  const name = CLASSES[value.class_name] ?? value.class_name;
  if (!(name in serialization.SerializationMap.getMap().classNameMap)) return null;
  // What is not given is none in Keras, and 0.01 in TensorFlow.js.
  return { class_name: name, config: name === 'L1L2' ? { l1: 0, l2: 0, ...value.config } : value.config };
}
