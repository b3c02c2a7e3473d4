/** What Keras 2 writes of a model, by hand. */

/** A layer of its own. */
export function layer2(className: string, name: string, config: object = {}) {
  return { class_name: className, name, config: { name, trainable: true, dtype: 'float32', ...config } };
}

export function input2(name: string, shape: readonly (number | null)[]) {
  const entry = layer2('InputLayer', name, { batch_input_shape: shape, sparse: false, ragged: false });
  return { ...entry, inbound_nodes: [] };
}

/** A layer of a functional model, with what it reads and what else it is called with. */
export function call2(entry: ReturnType<typeof layer2>, from: string, kwargs: object = {}) {
  return { ...entry, inbound_nodes: [[[from, 0, 0, kwargs]]] };
}

export function functional2(name: string, layers: readonly object[], from: string, to: string, use = 0) {
  const config = {
    name,
    trainable: true,
    layers,
    input_layers: [[from, 0, 0]],
    output_layers: [[to, use, 0]],
  };
  return { class_name: 'Functional', name, config };
}

export function sequential2(name: string, layers: readonly object[]) {
  return { class_name: 'Sequential', name, config: { name, layers } };
}

/** As a `model.json` holds it. */
export function topology2(model: object, version = '2.15.0') {
  return { keras_version: version, backend: 'tensorflow', model_config: model };
}
