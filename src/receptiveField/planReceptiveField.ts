import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { type Node, sortNodes } from '../model/planForwardPass';
import { describeReads, type Reads, type Size } from './describeReads';

/** One use of a layer: what it reads of which earlier ones; -1 is the image. */
interface PlannedUse {
  readonly inputs: readonly (Reads & { readonly from: number })[];
  /** Whether a value of it is one place of an image. */
  readonly isImage: boolean;
}

/** A network as windows that look at windows: plain data. */
export interface ReceptiveFieldPlan {
  /** Each after those that it reads. */
  readonly uses: readonly PlannedUse[];
  /** The use of each layer that is meant by its name: the first on the way to the model's outputs. */
  readonly useOf: ReadonlyMap<string, number>;
}

type Shape = (number | null)[];

/**
 * Reads out of a model what each of its layers reads of the layer below, for images of one size.
 *
 * @param model A layers model with one image as its input, channels last.
 * @param imageSize Height and width in pixels.
 */
export function planReceptiveField(model: LayersModel, imageSize: Size): ReceptiveFieldPlan {
  const nodes = sortNodes(model.inputs, model.outputs);
  const indexOf = new Map(nodes.map((node, index) => [node, index]));
  const [image] = model.inputs;
  const shapes: Shape[] = [];
  const uses = nodes.map((node): PlannedUse => {
    const from = node.inputTensors.map((tensor) =>
      tensor.id === image!.id ? -1 : indexOf.get(tensor.sourceLayer.inboundNodes[tensor.nodeIndex]!)!,
    );
    const inputs = from.map((use): Shape => (use < 0 ? [1, ...imageSize, image!.shape[3]!] : shapes[use]!));
    const shape = outputShape(node, inputs);
    shapes.push(shape);
    return {
      isImage: shape.length === 4,
      inputs: from.map((use, index) => ({
        from: use,
        ...describeReads(
          node.outboundLayer,
          sizeOf(shape),
          sizeOf(inputs[index]!),
          inputs[index]!.length !== 4,
        ),
      })),
    };
  });
  const useOf = new Map(model.layers.map((layer) => [layer.name, firstUse(layer, indexOf)]));
  return { uses, useOf };
}

function outputShape(node: Node, inputs: Shape[]): Shape {
  const shape = node.outboundLayer.computeOutputShape(inputs.length === 1 ? inputs[0]! : inputs);
  return (Array.isArray(shape[0]) ? shape[0] : shape) as Shape;
}

function sizeOf(shape: Shape): Size {
  return shape.length === 4 ? [shape[1]!, shape[2]!] : [1, 1];
}

function firstUse(layer: layers.Layer, indexOf: ReadonlyMap<Node, number>): number {
  for (const node of layer.inboundNodes) {
    const index = indexOf.get(node);
    if (index !== undefined) return index;
  }
  return -1;
}
