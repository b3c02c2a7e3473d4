import {
  add,
  depthwiseConv2d,
  image,
  mirrorPad,
  relu,
  serialization,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';

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

interface DepthwiseConfig {
  readonly kernelSize: [number, number];
  readonly depthMultiplier: number;
  readonly dilationRate: [number, number];
  readonly activation: 'linear' | 'relu';
  readonly useBias?: boolean;
}

/** With the padding `same` and stride 1. The layer of tfjs takes a `dilationRate` and computes without it. */
class DilatedDepthwiseConv2D extends layers.Layer {
  static readonly className = 'DilatedDepthwiseConv2D';
  readonly #config: DepthwiseConfig;
  #weights: ReturnType<layers.Layer['addWeight']>[] = [];

  constructor(config: DepthwiseConfig) {
    super(config as object);
    this.#config = config;
  }

  override build(shape: Shape): void {
    const { kernelSize, depthMultiplier, useBias = true } = this.#config;
    const shapes = { depthwise_kernel: [...kernelSize, shape[3]!, depthMultiplier] };
    const all = useBias ? { ...shapes, bias: [shape[3]! * depthMultiplier] } : shapes;
    this.#weights = Object.entries(all).map(([name, sizes]) =>
      this.addWeight(name, sizes, 'float32', initializers.zeros()),
    );
    this.built = true;
  }

  override computeOutputShape(shape: Shape): Shape {
    return [...shape.slice(0, 3), shape[3]! * this.#config.depthMultiplier];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const { dilationRate, activation } = this.#config;
    const [kernel, bias] = this.#weights.map((weight) => weight.read());
    const input = firstOf(inputs) as Tensor4D;
    let y: Tensor = depthwiseConv2d(input, kernel as Tensor4D, 1, 'same', 'NHWC', dilationRate);
    if (bias) y = add(y, bias);
    return activation === 'relu' ? relu(y) : y;
  }
}

function firstOf(inputs: Tensor | Tensor[]): Tensor {
  return Array.isArray(inputs) ? inputs[0]! : inputs;
}

/** Makes TensorFlow.js know the layers that a network's file may name and that it has not itself. */
export function registerCustomLayers(): void {
  serialization.registerClass(MirrorPadding);
  serialization.registerClass(HalfPixelResizing);
  serialization.registerClass(DilatedDepthwiseConv2D);
}
