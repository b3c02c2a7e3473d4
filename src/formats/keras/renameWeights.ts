import type { io } from '@tensorflow/tfjs-core';
import { quote } from '../../common/quote';
import { isKerasObject, type KerasObject, MODEL } from './KerasConfig';
import { listWeightNames } from './listWeightNames';

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
  const layerName = findLayer(name, layers);
  if (layerName === undefined) return name;
  const weight = name.slice(name.lastIndexOf(`${layerName}/`) + layerName.length + 1).replace(/^vars\//, '');
  const { class_name: registered, config } = layers.get(layerName)!;
  // Layers of ours are registered so.
  const className = registered.replace(/^Keras/, '');
  if (/^DepthwiseConv[12]D$/.test(className) && weight === 'kernel') return `${layerName}/depthwise_kernel`;
  if (!/^\d+$/.test(weight)) return `${layerName}/${weight}`;
  const known = listWeightNames(className, config)?.[Number(weight)];
  if (known !== undefined) return `${layerName}/${known.name}`;
  throw new Error(
    `the weight ${quote(name)} is number ${weight} of a ${className}, of which no such weight is known; convert the model again with weights by name`,
  );
}

/** The layer that a weight's name begins with, or else the last one that it names. */
function findLayer(name: string, layers: ReadonlyMap<string, KerasObject>): string | undefined {
  // No name that it begins with is longer.
  const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
  if (layers.has(folder)) return folder;
  const places = [...layers.keys()]
    .map((layer) => ({ layer, at: `/${name}`.lastIndexOf(`/${layer}/`) }))
    .filter(({ at }) => at >= 0);
  const first = places.filter(({ at }) => at === 0);
  const [found] = (first.length > 0 ? first : places).sort(
    (one, other) => other.at - one.at || other.layer.length - one.layer.length,
  );
  return found?.layer;
}
