import { quote } from '../../common/quote';
import { convertLayer } from './convertLayer';
import { convertNodes } from './convertNodes';
import { convertOperation } from './convertOperation';
import type { Writer } from './findWriter';
import { isKerasObject, isLayerList, isRecord, type KerasObject, MODEL } from './KerasConfig';
import { requireMasks } from './requireMasks';

/**
 * Converts a model, and those inside it.
 *
 * @param path Of the model in the one that it is in, with a `/` behind it; `''` for the outermost.
 * @param writer Who has written it.
 */
export function convertModelConfig(model: KerasObject, path: string, writer: Writer): KerasObject {
  const { config } = model;
  if (!Array.isArray(config.layers)) {
    const place = path === '' ? 'the model' : `the layer ${quote(path.slice(0, -1))}`;
    throw new Error(`${place} is a ${model.class_name} without layers`);
  }
  const layers = config.layers.map((layer: unknown) => {
    if (isLayerList(layer)) return { ...layer, config: { name: layer.name, layers: layer.config } };
    return isKerasObject(layer) ? convertOperation(layer) : layer;
  });
  const known = layers.filter(isKerasObject);
  const models = new Set(known.filter((layer) => MODEL.test(layer.class_name)).map(nameOf));
  const convertInside = (inside: KerasObject, at: string) => convertModelConfig(inside, at, writer);
  const converted = layers.map((layer: unknown) => {
    if (!isKerasObject(layer)) return layer;
    const place = `${path}${nameOf(layer)}`;
    return convertNodes(convertLayer(layer, place, writer, convertInside), place, models, writer);
  });
  if (writer !== 'tfjs') requireMasks({ ...model, config: { ...config, layers } }, path);
  // Of where it ends, Keras 3 counts that use of functional models, but not of sequential ones.
  const offByOne = new Set(
    known.filter((layer) => writer === 'keras3' && layer.class_name === 'Sequential').map(nameOf),
  );
  const { input_layers: inputs, output_layers: outputs } = config;
  return {
    class_name: model.class_name,
    config: {
      ...config,
      layers: converted,
      ...(inputs !== undefined && { input_layers: listEnds(inputs) }),
      ...(outputs !== undefined && {
        output_layers: listEnds(outputs).map(([layer, use, ...rest]) => [
          layer,
          offByOne.has(layer) ? use + 1 : use,
          ...rest,
        ]),
      }),
    },
  };
}

function nameOf({ name, config }: KerasObject): string {
  return String(name ?? config.name);
}

type End = readonly [layer: string, use: number, output: number];

/** Where a model begins or ends: Keras 3 writes a single one by itself, and those that have names as an object. */
function listEnds(ends: unknown): End[] {
  if (isRecord(ends)) return Object.values(ends).flatMap(listEnds);
  if (!Array.isArray(ends)) return [];
  return typeof ends[0] === 'string' ? [ends as unknown as End] : ends.flatMap(listEnds);
}
