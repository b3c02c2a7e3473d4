import type { io } from '@tensorflow/tfjs-core';
import { quote } from '../../common/quote';
import { isKerasObject, type KerasConfig, type KerasObject, MODEL } from './KerasConfig';

/** The weights of a layer in their order, for files that only number them. */
const ORDERS: readonly (readonly [classes: RegExp, names: (config: KerasConfig) => (string | false)[]])[] = [
  [/^(Conv\dD(Transpose)?|Dense)$/, ({ use_bias: bias }) => ['kernel', bias !== false && 'bias']],
  [/^DepthwiseConv2D$/, ({ use_bias: bias }) => ['depthwise_kernel', bias !== false && 'bias']],
  [
    /^SeparableConv2D$/,
    ({ use_bias: bias }) => ['depthwise_kernel', 'pointwise_kernel', bias !== false && 'bias'],
  ],
  [
    /^BatchNormalization$/,
    ({ scale, center }) => [
      scale !== false && 'gamma',
      center !== false && 'beta',
      'moving_mean',
      'moving_variance',
    ],
  ],
  [/^LayerNormalization$/, ({ scale, center }) => [scale !== false && 'gamma', center !== false && 'beta']],
  [/^Embedding$/, () => ['embeddings']],
  [/^PReLU$/, () => ['alpha']],
];

/**
 * Gives weights the names that TensorFlow.js looks for: `layer/weight`, where Keras 3 writes the models that the layer is in
 * before that, another name, or only a number.
 *
 * @param model Converted.
 * @throws Error if two weights would get one name, or a number stands for no weight that is known.
 */
export function renameWeights(
  specs: readonly io.WeightsManifestEntry[],
  model: KerasObject,
): io.WeightsManifestEntry[] {
  const layers = new Map(listLayers(model));
  const given = new Map<string, string>();
  return specs.map((spec) => {
    if (spec.group === 'optimizer') return spec;
    const name = rename(spec.name, layers);
    const other = given.get(name);
    if (other !== undefined) {
      throw new Error(
        `two weights are called ${quote(name)}: ${quote(other)} and ${quote(spec.name)}; give the layers different names`,
      );
    }
    given.set(name, spec.name);
    return { ...spec, name };
  });
}

/** The layers by name, those in models inside too: their weights do not say which. */
function listLayers(model: KerasObject): [string, KerasObject][] {
  const { layers } = model.config;
  if (!Array.isArray(layers)) return [];
  return layers.filter(isKerasObject).flatMap((layer) => {
    const name = String(layer.name ?? layer.config.name);
    return MODEL.test(layer.class_name) ? listLayers(layer) : [[name, layer] as [string, KerasObject]];
  });
}

function rename(name: string, layers: ReadonlyMap<string, KerasObject>): string {
  const layerName = findLayer(name, [...layers.keys()]);
  if (layerName === undefined) return name;
  const weight = name.slice(name.lastIndexOf(`${layerName}/`) + layerName.length + 1).replace(/^vars\//, '');
  const { class_name: className, config } = layers.get(layerName)!;
  if (className === 'DepthwiseConv2D' && weight === 'kernel') return `${layerName}/depthwise_kernel`;
  if (!/^\d+$/.test(weight)) return `${layerName}/${weight}`;
  const names = ORDERS.find(([classes]) => classes.test(className))?.[1](config).filter(
    (each) => each !== false,
  );
  const known = names?.[Number(weight)];
  if (known !== undefined) return `${layerName}/${known}`;
  throw new Error(
    `the weight ${quote(name)} is number ${weight} of a ${className}, of which no such weight is known; convert the model again with weights by name`,
  );
}

/** The layer that a weight's name begins with, or else the last one that it names. */
function findLayer(name: string, layers: readonly string[]): string | undefined {
  const places = layers
    .map((layer) => ({ layer, at: `/${name}`.lastIndexOf(`/${layer}/`) }))
    .filter(({ at }) => at >= 0);
  const first = places.filter(({ at }) => at === 0);
  const [found] = (first.length > 0 ? first : places).sort(
    (one, other) => other.at - one.at || other.layer.length - one.layer.length,
  );
  return found?.layer;
}
