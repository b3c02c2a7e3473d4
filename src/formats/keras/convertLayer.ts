import { convertModelConfig } from './convertModelConfig';
import { isKerasObject, isRecord, type KerasConfig, type KerasObject, MODEL } from './KerasConfig';
import { requireSupported } from './requireSupported';

/** Names that Keras 3 gives to what TensorFlow.js knows by another one. */
const CLASSES: Readonly<Record<string, string>> = {
  OrthogonalInitializer: 'Orthogonal',
  IdentityInitializer: 'Identity',
  L1: 'L1L2',
  L2: 'L1L2',
};
const ACTIVATIONS: Readonly<Record<string, string>> = { silu: 'swish' };

/**
 * Converts one layer, with the model or the layer that is inside it.
 *
 * @param path Its name, behind those of the models that it is in.
 * @param isKeras3 Whether Keras 3 has written it.
 * @throws Error if TensorFlow.js does not have it, or not as it is configured.
 */
export function convertLayer(layer: KerasObject, path: string, isKeras3: boolean): KerasObject {
  const { module: _, registered_name: __, ...rest } = layer;
  if (MODEL.test(layer.class_name)) return { ...rest, ...convertModelConfig(layer, `${path}/`, isKeras3) };

  const { batch_shape: batchShape, ...config } = layer.config;
  const converted = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, convertSetting(key, value, path, isKeras3)]),
  );
  if (batchShape !== undefined) converted.batch_input_shape = batchShape;
  // Of one and the same, Keras 3 says how steep it is, Keras 2 and TensorFlow.js what alpha is.
  if (layer.class_name === 'LeakyReLU' && config.negative_slope !== undefined) {
    converted.alpha = config.negative_slope;
  }
  requireSupported(layer.class_name, converted, path, isKeras3);
  return { ...rest, config: converted };
}

function convertSetting(key: string, value: unknown, path: string, isKeras3: boolean): unknown {
  if (key === 'dtype') return toType(value, path);
  if (key.endsWith('activation')) return toActivation(value, path);
  if (Array.isArray(value)) return value.map((each) => convertSetting(key, each, path, isKeras3));
  if (!isKerasObject(value)) return value;
  // What is inside TimeDistributed, Bidirectional and RNN; all else are initializers and the like.
  if (/(^|_)(layer|cells?)$/.test(key))
    return convertLayer(value, `${path}/${String(value.config.name ?? key)}`, isKeras3);
  const { class_name: name, config } = value;
  return { class_name: CLASSES[name] ?? name, config };
}

/** Numbers are computed in single precision, whatever kind of floats a model was made for. */
function toType(dtype: unknown, path: string): unknown {
  const name = isRecord(dtype) && isRecord(dtype.config) ? (dtype.config.name ?? dtype.config.mode) : dtype;
  if (typeof name === 'string' && /^(int[48]|float8)(_|$)/.test(name)) {
    throw new Error(
      `the layer "${path}" is quantized (${name}); convert the model as it was before quantization`,
    );
  }
  return typeof name === 'string' && /float/.test(name) ? 'float32' : name;
}

/** A function is written as an object where it is not one of Keras' own, and by some versions of Keras 3 always. */
function toActivation(activation: unknown, path: string): unknown {
  const name = nameOf(activation);
  if (name === undefined) {
    throw new Error(
      `the layer "${path}" has a ${(activation as KerasConfig).class_name} as its activation function; put that behind it as a layer`,
    );
  }
  return typeof name === 'string' ? (ACTIVATIONS[name] ?? name) : name;
}

/** `undefined` for an object that is no function. */
function nameOf(activation: unknown): unknown {
  if (!isRecord(activation)) return activation;
  if (activation.class_name !== 'function') return undefined;
  return typeof activation.config === 'string' ? activation.config : activation.registered_name;
}
