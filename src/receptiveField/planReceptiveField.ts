import type { LayersModel } from '@tensorflow/tfjs-layers';
import { requireWholeNumber } from '../errors';
import { type Node, nodeOf, sortNodes } from '../model/planForwardPass';
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

type Shape = (number | null)[];

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
  const nodes = [nodeOf(image), ...sortNodes(model.inputs, model.outputs)];
  const indexOf = new Map(nodes.map((node, index) => [node, index]));
  const shapes: Shape[][] = [[[1, height, width, image.shape[3]!]]];
  const uses: PlannedUse[] = [{ size: [height, width], rank: 4, isMixed: false, inputs: [] }];
  for (const node of nodes.slice(1)) {
    const sources = node.inputTensors.map((tensor) => {
      const from = indexOf.get(nodeOf(tensor))!;
      return { from, shape: shapes[from]![tensor.outputTensorIndex ?? 0]! };
    });
    const outputs = shapesOf(
      node,
      sources.map(({ shape }) => shape),
    );
    const extent = measure(outputs[0]!);
    const inputs = sources.map(({ from, shape }) => {
      const input = { ...measure(shape), isMixed: uses[from]!.isMixed };
      return { from, ...describeReads(node.outboundLayer, extent, input) };
    });
    shapes.push(outputs);
    uses.push({ ...extent, isMixed: inputs.some(({ isMixed }) => isMixed), inputs });
  }
  const useOf = new Map(
    model.layers.map(({ name, inboundNodes }) => {
      return [name, indexOf.get(inboundNodes.find((node) => indexOf.has(node))!)] as const;
    }),
  );
  return { uses, useOf };
}

/** The shape of each output. Models may leave sizes open, so the symbolic tensors do not tell. */
function shapesOf(node: Node, inputs: Shape[]): Shape[] {
  const shape = node.outboundLayer.computeOutputShape(inputs.length === 1 ? inputs[0]! : inputs);
  return (Array.isArray(shape[0]) ? shape : [shape]) as Shape[];
}

function measure(shape: Shape): Omit<Extent, 'isMixed'> {
  const rank = shape.length;
  return { size: rank === 4 ? [shape[1]!, shape[2]!] : [1, 1], rank };
}
