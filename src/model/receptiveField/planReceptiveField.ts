import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { requireWholeNumber } from '../../common/errors';
import { listUses } from '../layers/listUses';
import { describeReads, type Extent, type Reads } from './describeReads';

/** One use of a layer: what it puts out, and what it reads of which earlier ones. */
interface PlannedUse extends Extent {
  readonly inputs: readonly (Reads & { readonly from: number })[];
}

/** A network as windows that look at windows: plain data. */
export interface ReceptiveFieldPlan {
  /** The image, and then each use of a layer after those that it reads. */
  readonly uses: readonly PlannedUse[];
  /** The use of each layer that is meant by its name: the first on the way to the model's outputs. */
  readonly useOf: ReadonlyMap<string, number | undefined>;
}

type Shape = readonly (number | null)[];

/**
 * Reads out of a model what each of its layers reads of the layer below, for images of one size. Makes no tensor.
 *
 * @param model A layers model with one image as its input, channels last: one that `createActivationModel` takes.
 * @param imageSize Height and width in pixels.
 * @throws RangeError if the size is not two whole numbers of at least 1.
 */
export function planReceptiveField(
  model: LayersModel,
  [height, width]: readonly [height: number, width: number],
): ReceptiveFieldPlan {
  requireWholeNumber('imageSize[0]', height, 1);
  requireWholeNumber('imageSize[1]', width, 1);
  const image = model.inputs[0]!;
  const graph = listUses(model);
  // By slot: the shape of what is in it, and the use that put it there.
  const shapes: Shape[] = [];
  const useAt: number[] = [];
  const uses: PlannedUse[] = [];
  const add = (use: PlannedUse, slots: readonly number[], itsShapes: readonly Shape[]) => {
    slots.forEach((slot, index) => {
      shapes[slot] = itsShapes[index] ?? itsShapes[0]!;
      useAt[slot] = uses.length;
    });
    uses.push(use);
  };
  const first: Shape = [1, height, width, image.shape[3]!];
  add({ ...measure(first), isMixed: false, inputs: [] }, graph.inputs, [first]);
  for (const { layer, inputs: slots, outputs, parts = [] } of graph.steps) {
    const addFor = (filled: readonly number[], itsShapes: readonly Shape[]) => {
      const extent = measure(itsShapes[0]!);
      const inputs = slots.map((slot) => {
        const from = useAt[slot]!;
        const input = { ...measure(shapes[slot]!), isMixed: uses[from]!.isMixed };
        return { from, ...describeReads(layer, extent, input) };
      });
      add({ ...extent, isMixed: inputs.some(({ isMixed }) => isMixed), inputs }, filled, itsShapes);
    };
    const given = slots.map((slot) => shapes[slot]!);
    addFor(outputs, shapesOf(layer, given));
    // What a layer runs inside of it may read anything of what that layer does.
    for (const use of parts.flatMap(({ graph }) => graph.uses)) {
      if (useAt[use.outputs[0]!] === undefined) addFor(use.outputs, [use.shape]);
    }
  }
  return { uses, useOf: new Map(graph.uses.map(({ path, outputs }) => [path, useAt[outputs[0]!]])) };
}

/** The shape of each output. Models may leave sizes open, so the symbolic tensors do not tell. */
function shapesOf(layer: layers.Layer, inputs: readonly Shape[]): Shape[] {
  const given = inputs.map((shape) => [...shape]);
  const shape = layer.computeOutputShape(given.length === 1 ? given[0]! : given);
  return (Array.isArray(shape[0]) ? shape : [shape]) as Shape[];
}

function measure(shape: Shape): Omit<Extent, 'isMixed'> {
  const rank = shape.length;
  // A size that is open, as those inside of layers may be, has any place.
  return { size: rank === 4 ? [shape[1] ?? Infinity, shape[2] ?? Infinity] : [1, 1], rank };
}
