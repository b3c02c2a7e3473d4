import type { GraphWriter } from '../graph/createGraphWriter';
import type { FileNode } from '../graph/FileNode';
import { fromTensor } from '../graph/readConstant';
import { toTensor } from '../graph/toTensor';
import {
  countOf,
  isKnown,
  numbersOf,
  type Output,
  placeOf,
  requireAxis,
  type Size,
  type Value,
} from '../graph/Value';
import { castTo } from './castTo';
import { type Operator, type Operators, required } from './Operator';
import { readKnown } from './readKnown';

/** How one axis is resized. */
interface Resizing {
  readonly axis: number;
  readonly from: Size;
  readonly to: Size;
  /** What the file says, which is near to `to` over `from`; `undefined` where it says the size. */
  readonly scale: number | undefined;
}

interface Mode {
  readonly kind: 'nearest' | 'linear';
  readonly coordinates: string;
  readonly rounding: string;
}

const Resize: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const rank = value.shape.length;
  const isOld = node.opset < 11;
  const kind = readKind(node);
  if (node.text('keep_aspect_ratio_policy', 'stretch') !== 'stretch')
    throw new Error('keep_aspect_ratio_policy is not converted');
  if (node.int('antialias', 0) === 1)
    throw new Error('antialias is not converted; export the network without');
  const mode: Mode = {
    kind,
    coordinates: isOld ? 'asymmetric' : node.text('coordinate_transformation_mode', 'half_pixel'),
    rounding: isOld ? 'floor' : node.text('nearest_mode', 'round_prefer_floor'),
  };
  const axes =
    node.ints('axes').length > 0
      ? node.ints('axes').map((axis) => requireAxis(axis, rank))
      : value.shape.map((_, axis) => axis);
  const wanted = isOld ? undefined : inputs[3];
  const isSized = wanted !== undefined && countOf(wanted.shape) !== 0;
  const resizings = isSized
    ? readSizes(graph, value, axes, wanted)
    : readScales(graph, value, axes, readFactors(inputs[isOld ? 1 : 2]));
  const sizes = () => {
    const first = graph.ints([axes.indexOf(2)]);
    return graph.put('Slice', [graph.read(wanted!), first, graph.ints([2])]);
  };
  return resize(graph, value, resizings, mode, isSized ? sizes : undefined);
};

/** What Resize was called before opset 10. */
const Upsample: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const scales = inputs[1] ? readFactors(inputs[1]) : node.floats('scales');
  const axes = value.shape.map((_, axis) => axis);
  const mode: Mode = { kind: readKind(node), coordinates: 'asymmetric', rounding: 'floor' };
  return resize(graph, value, readScales(graph, value, axes, scales), mode);
};

export const resizeOperators: Operators = { Resize, Upsample };

function readKind(node: FileNode): Mode['kind'] {
  const kind = node.text('mode', 'nearest');
  if (kind === 'nearest') return kind;
  if (kind === 'linear' || kind === 'bilinear') return 'linear';
  throw new Error(`the mode ${kind} is not converted; only nearest and linear are`);
}

function readFactors(value: Value | undefined): readonly number[] {
  const known = value && readKnown(value);
  const factors = known && numbersOf(known);
  if (factors) return factors;
  throw new Error(
    'expected scales that are known when the file is read; export the network for images of one size',
  );
}

function readScales(
  graph: GraphWriter,
  value: Value,
  axes: readonly number[],
  scales: readonly number[],
): Resizing[] {
  if (scales.length !== axes.length)
    throw new RangeError(`expected ${axes.length} scales, got ${scales.length}`);
  return axes.flatMap((axis, index): Resizing[] => {
    const from = value.shape[axis]!;
    const scale = scales[index]!;
    if (!(scale > 0)) throw new RangeError(`expected scales above 0, got ${scale}`);
    if (scale === 1) return [];
    return [{ axis, from, to: typeof from === 'number' ? Math.floor(from * scale) : graph.newSize(), scale }];
  });
}

/** Sizes that are computed are those of images: of pictures and channels there are as many as before. */
function readSizes(graph: GraphWriter, value: Value, axes: readonly number[], sizes: Value): Resizing[] {
  const known = readKnown(sizes) ?? axes.map((axis) => (axis < 2 ? value.shape[axis]! : graph.newSize()));
  if (known.length !== axes.length)
    throw new RangeError(`expected ${axes.length} sizes, got ${known.length}`);
  return axes.flatMap((axis, index): Resizing[] => {
    const [from, to] = [value.shape[axis]!, known[index]!];
    return from === to ? [] : [{ axis, from, to, scale: undefined }];
  });
}

/** @param sizes Height and width as the graph finds them, if the file says them. */
function resize(
  graph: GraphWriter,
  value: Value,
  resizings: readonly Resizing[],
  mode: Mode,
  sizes?: () => Output,
): Value {
  const shape = value.shape.map(
    (size, axis) => resizings.find((resizing) => resizing.axis === axis)?.to ?? size,
  );
  const isImage = value.shape.length >= 3 && resizings.every(({ axis }) => axis >= 2);
  const layout = isImage ? 'last' : 'file';
  const input = graph.read(value, layout);
  const settings = operationFor(mode, resizings);
  let output = input;
  if (value.shape.length === 4 && isImage && settings) {
    output = graph.put(
      mode.kind === 'linear' ? 'ResizeBilinear' : 'ResizeNearestNeighbor',
      [input, newSizes(graph, input, shape.slice(2), resizings, sizes)],
      settings,
    );
  } else {
    for (const resizing of resizings) {
      output = resizeAxis(
        graph,
        output,
        placeOf(resizing.axis, { layout, shape }),
        value.shape.length,
        resizing,
        mode,
      );
    }
  }
  return { type: value.type, shape, layout, output };
}

/** The settings of TensorFlow's operation, if it does the same. */
function operationFor({ kind, coordinates, rounding }: Mode, resizings: readonly Resizing[]) {
  // It knows sizes only, and finds the scale itself.
  const isExact = resizings.every(({ from, to, scale }) => {
    if (scale === undefined) return true;
    return typeof from === 'number'
      ? Math.abs(from * scale - Number(to)) < 1e-6 * from
      : Number.isInteger(scale);
  });
  const isPlain = isExact && coordinates === 'asymmetric' && (kind === 'linear' || rounding === 'floor');
  if (isPlain) return { align_corners: false, half_pixel_centers: false };
  if (kind === 'nearest') return undefined;
  if (coordinates === 'align_corners') return { align_corners: true, half_pixel_centers: false };
  const isHalf =
    coordinates === 'half_pixel' ||
    (coordinates === 'pytorch_half_pixel' && resizings.every(({ to }) => to !== 1));
  return isExact && isHalf ? { align_corners: false, half_pixel_centers: true } : undefined;
}

/** Height and width. */
function newSizes(
  graph: GraphWriter,
  input: Output,
  spatial: readonly Size[],
  resizings: readonly Resizing[],
  sizes: (() => Output) | undefined,
): Output {
  if (isKnown(spatial)) return graph.ints(spatial);
  if (sizes) return sizes();
  const scales = [2, 3].map((own) => resizings.find(({ axis }) => axis === own)?.scale ?? 1);
  const before = graph.put('Slice', [graph.put('Shape', [input]), graph.ints([1]), graph.ints([2])]);
  const factors = graph.read(fromTensor(toTensor('float', [2], scales)));
  return castTo(graph, graph.put('Mul', [castTo(graph, before, 'float'), factors]), 'int32');
}

/** No image is larger. */
const LARGEST = 2 ** 16;

/** Resizes along one axis by taking values, or two and what lies between them. */
function resizeAxis(
  graph: GraphWriter,
  input: Output,
  place: number,
  rank: number,
  resizing: Resizing,
  mode: Mode,
): Output {
  const { from, to } = resizing;
  if (typeof from !== 'number' || typeof to !== 'number') {
    throw new RangeError('expected a size that is known; export the network for images of one size');
  }
  if (to > LARGEST) throw new RangeError(`expected a size of at most ${LARGEST}, got ${to}`);
  const scale = resizing.scale ?? to / from;
  const places = Array.from({ length: to }, (_, at) => findSource(at, from, to, scale, mode.coordinates));
  const clip = (at: number) => Math.max(0, Math.min(from - 1, at));
  const take = (indices: readonly number[]) =>
    graph.put('GatherV2', [input, graph.ints(indices), graph.int(place)]);
  if (mode.kind === 'nearest') return take(places.map((at) => clip(round(at, mode.rounding))));
  const inside = places.map(clip);
  const lower = inside.map(Math.floor);
  const weights = toTensor(
    'float',
    [to, ...Array<number>(rank - 1 - place).fill(1)],
    inside.map((at, index) => at - lower[index]!),
  );
  const weight = graph.read(fromTensor(weights));
  const [below, above] = [take(lower), take(lower.map((at) => clip(at + 1)))];
  return graph.put('AddV2', [below, graph.put('Mul', [graph.put('Sub', [above, below]), weight])]);
}

function findSource(at: number, from: number, to: number, scale: number, coordinates: string): number {
  switch (coordinates) {
    case 'half_pixel':
      return (at + 0.5) / scale - 0.5;
    case 'half_pixel_symmetric': {
      const adjustment = to / (scale * from);
      return (from / 2) * (1 - adjustment) + (at + 0.5) / scale - 0.5;
    }
    case 'pytorch_half_pixel':
      return to > 1 ? (at + 0.5) / scale - 0.5 : 0;
    case 'align_corners':
      return to > 1 ? (at * (from - 1)) / (to - 1) : 0;
    case 'asymmetric':
      return at / scale;
    default:
      throw new Error(`the coordinate_transformation_mode ${coordinates} is not converted`);
  }
}

function round(at: number, rounding: string): number {
  switch (rounding) {
    case 'floor':
      return Math.floor(at);
    case 'ceil':
      return Math.ceil(at);
    case 'round_prefer_ceil':
      return Math.floor(at + 0.5);
    default:
      return Math.ceil(at - 0.5);
  }
}
