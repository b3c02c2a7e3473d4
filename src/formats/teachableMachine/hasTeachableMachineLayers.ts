/** A layer, or a model, as Keras and TensorFlow.js write it down. */
interface Written {
  readonly class_name?: unknown;
  readonly config?: unknown;
}

/**
 * Whether a network has the layers of those that Teachable Machine makes for pictures: a Sequential of two, of which the first
 * is a MobileNet and the mean of its maps, the second one or two Dense layers, with a softmax and without a bias at the end.
 *
 * It says so of any network that was built like that, and nobody else's are known to be.
 *
 * @param topology What a `model.json` has as `modelTopology`, or the config of a model of Keras.
 */
export function hasTeachableMachineLayers(topology: unknown): boolean {
  const root = (
    isRecord(topology) && isRecord(topology.model_config) ? topology.model_config : topology
  ) as Written;
  const parts = layersOf(root);
  if (!isRecord(root) || root.class_name !== 'Sequential' || parts.length !== 2) return false;
  const [features, classifier] = parts as [Written, Written];
  if (features.class_name !== 'Sequential' || classifier.class_name !== 'Sequential') return false;
  const [network, mean] = layersOf(features).filter(({ class_name: name }) => name !== 'InputLayer');
  if (mean?.class_name !== 'GlobalAveragePooling2D') return false;
  if (!layersOf(network ?? {}).some(({ class_name: name }) => name === 'DepthwiseConv2D')) return false;
  const dense = layersOf(classifier).filter(({ class_name: name }) => name !== 'InputLayer');
  const last = dense.at(-1)?.config;
  return (
    dense.length > 0 &&
    dense.every(({ class_name: name }) => name === 'Dense') &&
    isRecord(last) &&
    last.activation === 'softmax' &&
    last.use_bias === false
  );
}

/** The list that a model has, in either of the two forms in which it is written. */
function layersOf({ config }: Written): readonly Written[] {
  const list = isRecord(config) ? config.layers : config;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
