import type { layers } from '@tensorflow/tfjs-layers';
import { hasChannelsFirst } from './hasChannelsFirst';
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
  if (!hasChannelsFirst(steps)) return axes;
  const ranks = new Map(inputs.map((slot, index) => [slot, inputShapes[index]!.length]));
  const put = (slot: number, axis: number | undefined) => {
    if (axis !== undefined && ranks.get(slot)! > Math.max(2, axis + 1)) axes.set(slot, axis);
  };
  for (const slot of inputs) {
    const format = findFormat(steps, slot, 0);
    if (format?.first) put(slot, format.axis);
  }

  /** @param depth How many axes of time there are before those that the layers know of. */
  function follow(some: UseGraph['steps'], depth: number): void {
    for (const {
      layer,
      inputs: [from],
      outputs,
      shape,
      parts = [],
    } of some) {
      for (const slot of outputs) ranks.set(slot, shape.length);
      for (const { isTimed, graph } of parts) {
        const [slot] = graph.inputs;
        ranks.set(slot!, ranks.get(from!)!);
        put(slot!, axes.get(from!));
        follow(graph.steps, isTimed ? depth + 1 : depth);
      }
      const isLike = ranks.get(from!) === shape.length && !/^(Permute|Reshape)$/.test(layer.getClassName());
      const inherited = isLike ? axes.get(from!) : undefined;
      const format = formatOf(layer, depth);
      const [inner] = parts.map(({ graph }) => axes.get(graph.outputs[0]!));
      const axis = format ? (format.first ? format.axis : undefined) : (inner ?? inherited);
      for (const slot of outputs) put(slot, axis);
    }
  }
  follow(steps, 0);
  return axes;
}

interface Format {
  readonly first: boolean;
  readonly axis: number;
}

/** The format that the layers behind a slot expect: the first that there is, going from layer to layer. */
function findFormat(steps: UseGraph['steps'], slot: number, depth: number): Format | undefined {
  const readers = new Map<number, UseGraph['steps'][number][]>();
  for (const step of steps) {
    for (const from of new Set(step.inputs)) {
      const others = readers.get(from);
      if (others) others.push(step);
      else readers.set(from, [step]);
    }
  }
  // A list of our own: a network of some thousand layers would overflow the engine's stack.
  const open = [...(readers.get(slot) ?? [])].reverse();
  const seen = new Set<UseGraph['steps'][number]>();
  for (let step = open.pop(); step; step = open.pop()) {
    if (seen.has(step)) continue;
    seen.add(step);
    const { layer, outputs, parts = [] } = step;
    const [inside] = parts.map(({ isTimed, graph }) =>
      findFormat(graph.steps, graph.inputs[0]!, isTimed ? depth + 1 : depth),
    );
    const format = formatOf(layer, depth) ?? inside;
    if (format) return format;
    open.push(...[...(readers.get(outputs[0]!) ?? [])].reverse());
  }
  return undefined;
}

/** What a layer says of its channels; a layer that runs another over time has an axis more before them. */
function formatOf(layer: Layer, depth: number): Format | undefined {
  const inner = 'layer' in layer ? (layer.layer as Layer) : layer;
  if (!('dataFormat' in inner) || inner.dataFormat === undefined) return undefined;
  return { first: inner.dataFormat === 'channelsFirst', axis: (inner === layer ? 1 : 2) + depth };
}
