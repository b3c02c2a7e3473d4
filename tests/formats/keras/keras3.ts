/** What Keras 3 writes of a model, by hand: https://keras.io/api/models/model_saving_apis/ describes the file it is in. */

const POLICY = {
  module: 'keras',
  class_name: 'DTypePolicy',
  config: { name: 'float32' },
  registered_name: null,
};

/** A thing of Keras, such as an initializer. */
export function thing(module: string, className: string, config: object = {}) {
  return { module: `keras.${module}`, class_name: className, config, registered_name: null };
}

/** A layer of its own, as a sequential model lists it. */
export function layer(className: string, name: string, config: object = {}) {
  return {
    module: 'keras.layers',
    class_name: className,
    config: { name, trainable: true, dtype: POLICY, ...config },
    registered_name: null as string | null,
    build_config: { input_shape: [null, 8, 8, 3] },
  };
}

/** A tensor: the output of a layer's use. */
export function tensorOf(name: string, use = 0) {
  const config = { shape: [null, 8, 8, 3], dtype: 'float32', keras_history: [name, use, 0] };
  return { class_name: '__keras_tensor__', config };
}

/** A layer of a functional model, with the arguments of each call. */
export function call(entry: ReturnType<typeof layer>, ...calls: readonly unknown[][]) {
  return {
    ...entry,
    name: entry.config.name,
    inbound_nodes: calls.map((args) => ({ args, kwargs: {} })),
  };
}

export function input(name: string, shape: readonly (number | null)[]) {
  const entry = layer('InputLayer', name, { batch_shape: shape, sparse: false, ragged: false });
  return { ...entry, name, inbound_nodes: [] };
}

export function functional(name: string, layers: readonly object[], inputs: unknown, outputs: unknown) {
  const config = { name, trainable: true, layers, input_layers: inputs, output_layers: outputs };
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config,
    registered_name: 'Functional',
  };
}

export function sequential(name: string, layers: readonly object[]) {
  const config = { name, trainable: true, dtype: POLICY, layers, build_input_shape: [null, 8, 8, 3] };
  return { module: 'keras', class_name: 'Sequential', config, registered_name: null };
}

/** As a `model.json` holds it. */
export function topology(model: object) {
  return { keras_version: '3.8.0', backend: 'tensorflow', model_config: model };
}
