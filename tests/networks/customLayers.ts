import { image, mirrorPad, serialization, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];

/** Repeats what lies inside the edge: Keras has no such layer, those who need one write it. */
class MirrorPadding extends layers.Layer {
  static readonly className = 'MirrorPadding';
  readonly #config: { sides: [number, number][]; mode: 'reflect' | 'symmetric' };

  constructor(config: { sides: [number, number][]; mode: 'reflect' | 'symmetric' }) {
    super(config as object);
    this.#config = config;
  }

  override computeOutputShape(shape: Shape): Shape {
    const [height, width] = this.#config.sides;
    return [shape[0]!, shape[1]! + height![0] + height![1], shape[2]! + width![0] + width![1], shape[3]!];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return mirrorPad(firstOf(inputs), [[0, 0], ...this.#config.sides, [0, 0]], this.#config.mode);
  }
}

/** Resizes with half-pixel centres, as Keras does: the layers of tfjs have none. */
class HalfPixelResizing extends layers.Layer {
  static readonly className = 'HalfPixelResizing';
  readonly #config: { size: [number, number]; interpolation: 'bilinear' | 'nearest' };

  constructor(config: { size: [number, number]; interpolation: 'bilinear' | 'nearest' }) {
    super(config as object);
    this.#config = config;
  }

  override computeOutputShape(shape: Shape): Shape {
    return [shape[0]!, ...this.#config.size, shape[3]!];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const { size, interpolation } = this.#config;
    const resize = interpolation === 'bilinear' ? image.resizeBilinear : image.resizeNearestNeighbor;
    return resize(firstOf(inputs) as Tensor4D, size, false, true);
  }
}

function firstOf(inputs: Tensor | Tensor[]): Tensor {
  return Array.isArray(inputs) ? inputs[0]! : inputs;
}

/** Makes TensorFlow.js know the layers that a network's file may name and that it has not itself. */
export function registerCustomLayers(): void {
  serialization.registerClass(MirrorPadding);
  serialization.registerClass(HalfPixelResizing);
}
