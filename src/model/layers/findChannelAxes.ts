import type { layers } from '@tensorflow/tfjs-layers';
import type { UseGraph } from './listUses';

type Layer = layers.Layer;
type Shape = readonly (number | null)[];

/**
 * Finds where the channels are in what flows through a model.
 *
 * A convolution says by its data format what it takes and puts out; a layer that has none puts out what it takes, and an
 * input is what the first layer with a format takes.
 *
 * @param inputShapes Of the model's inputs.
 * @returns By slot, the axis of the channels where they do not come last.
 */
export function findChannelAxes(
  { steps, inputs }: UseGraph,
  inputShapes: readonly Shape[],
): ReadonlyMap<number, number> {
  const axes = new Map<number, number>();
  if (!steps.some(({ layer }) => formatOf(layer)?.first)) return axes;
  const ranks = new Map(inputs.map((slot, index) => [slot, inputShapes[index]!.length]));
  for (const { outputs, shape } of steps) for (const slot of outputs) ranks.set(slot, shape.length);

  /** The format that the layers behind a slot expect. */
  const wantedAt = (slot: number): ReturnType<typeof formatOf> => {
    for (const { layer, inputs: from, outputs } of steps) {
      if (!from.includes(slot)) continue;
      const format = formatOf(layer) ?? wantedAt(outputs[0]!);
      if (format) return format;
    }
    return undefined;
  };
  const put = (slot: number, axis: number | undefined) => {
    if (axis !== undefined && ranks.get(slot)! > axis + 1) axes.set(slot, axis);
  };
  for (const slot of inputs) {
    const format = wantedAt(slot);
    if (format?.first && ranks.get(slot)! > 2) put(slot, format.axis);
  }
  for (const { layer, inputs: from, outputs } of steps) {
    const format = formatOf(layer);
    const isLike =
      ranks.get(from[0]!) === ranks.get(outputs[0]!) && !/^(Permute|Reshape)$/.test(layer.getClassName());
    const inherited = isLike ? axes.get(from[0]!) : undefined;
    const axis = format ? (format.first ? format.axis : undefined) : inherited;
    for (const slot of outputs) if (ranks.get(slot)! > 2) put(slot, axis);
  }
  return axes;
}

/** What a layer says of its channels; a layer that runs another over time has an axis more before them. */
function formatOf(layer: Layer): { readonly first: boolean; readonly axis: number } | undefined {
  const inner = 'layer' in layer ? (layer.layer as Layer) : layer;
  if (!('dataFormat' in inner) || inner.dataFormat === undefined) return undefined;
  return { first: inner.dataFormat === 'channelsFirst', axis: inner === layer ? 1 : 2 };
}
