import { type GraphDef, writeGraph } from '../model/graph/graphDef';
import type { LayerSettings, NetworkFixture, NetworkLayer } from './networkFixtures';

/** One operation of TensorFlow behind another: the first thing that it reads is what the one before put out. */
interface Step {
  readonly op: string;
  readonly before?: readonly string[];
  readonly inputs?: readonly string[];
  readonly attributes?: Attributes;
}

type Attributes = Readonly<Record<string, string | number | boolean | readonly number[] | readonly string[]>>;

const FUNCTIONS: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
};
const FUSABLE = ['relu', 'relu6', 'elu'];

/**
 * The network as TensorFlow writes it. The last of a layer's nodes has the layer's name.
 *
 * @param fused Whether bias and activation function are part of the convolutions, and dilation is one of their settings.
 * Otherwise they are nodes of their own, and a dilated convolution is one over a batch of smaller images.
 */
export function writeNetworkGraph(network: NetworkFixture, fused: boolean): GraphDef {
  const { graph, image, constant, node } = writeGraph();

  const shapes = new Map([...network.activations].map(([name, { shape }]) => [name, shape]));
  const integers = (name: string, values: readonly number[], shape = [values.length]) =>
    constant(name, shape, values, 'int32');

  /** Writes a layer's steps down, the last one under the layer's name. */
  function chain({ name }: NetworkLayer, from: readonly string[], steps: readonly Step[]): void {
    let at = from;
    for (const [index, { op, before = [], inputs = [], attributes = {} }] of steps.entries()) {
      const path = index === steps.length - 1 ? name : `${name}/${index}/${op}`;
      at = [node(path, op, [...before, ...at, ...inputs], attributes)];
    }
  }

  function weight(layer: NetworkLayer, kind: string, shape?: number[]): string {
    const path = `${layer.name}/${kind}`;
    const found = network.weights.get(path)!;
    return constant(path, shape ?? found.shape, found.values);
  }

  function activate({ settings }: NetworkLayer): Step[] {
    const op = FUNCTIONS[settings.activation ?? 'linear'];
    return op ? [{ op }] : [];
  }

  /** The bias and the activation function of a layer, behind its `step` or in it. */
  function finish(layer: NetworkLayer, step: Step, fusedOp?: string, between: readonly Step[] = []): Step[] {
    const { settings } = layer;
    if (settings.use_bias === false) return [step, ...between, ...activate(layer)];
    const bias = weight(layer, 'bias');
    if (!fused || !fusedOp || between.length > 0) {
      return [step, ...between, { op: 'BiasAdd', inputs: [bias] }, ...activate(layer)];
    }
    const inside = FUSABLE.includes(settings.activation ?? 'linear');
    const fusedOps = inside ? ['BiasAdd', FUNCTIONS[settings.activation!]!] : ['BiasAdd'];
    const whole = {
      op: fusedOp,
      inputs: [...step.inputs!, bias],
      attributes: { ...step.attributes, num_args: 1, fused_ops: fusedOps },
    };
    return inside ? [whole] : [whole, ...activate(layer)];
  }

  /** A convolution of the stride 1 with holes, over a batch of images that have every second, third ... pixel. */
  function spread(layer: NetworkLayer, step: Step): Step[] {
    const { kernel_size, dilation_rate, padding } = layer.settings;
    const sizes = shapes.get(layer.inputs[0]!)!.slice(1, 3);
    const sides = sizes.map((size, axis) => {
      const rate = dilation_rate![axis]!;
      const reach = padding === 'same' ? (kernel_size![axis]! - 1) * rate : 0;
      const before = Math.floor(reach / 2);
      const rest = (rate - ((size + reach) % rate)) % rate;
      return { before, after: reach - before + rest, rest };
    });
    const block = integers(`${layer.name}/block`, dilation_rate!);
    const around = sides.flatMap(({ before, after }) => [before, after]);
    const beyond = sides.flatMap(({ rest }) => [0, rest]);
    return [
      { op: 'SpaceToBatchND', inputs: [block, integers(`${layer.name}/paddings`, around, [2, 2])] },
      { ...step, attributes: { ...step.attributes, dilations: [1, 1, 1, 1], padding: 'VALID' } },
      { op: 'BatchToSpaceND', inputs: [block, integers(`${layer.name}/crops`, beyond, [2, 2])] },
    ];
  }

  function convolve(layer: NetworkLayer, op: string, fusedOp: string | undefined, kernel: string): Step[] {
    const step = { op, inputs: [kernel], attributes: windows(layer.settings) };
    if (fused || !layer.settings.dilation_rate) return finish(layer, step, fusedOp);
    const [first, middle, last] = spread(layer, step);
    return [first!, ...finish(layer, middle!, undefined, [last!])];
  }

  const write: Readonly<Record<string, (layer: NetworkLayer) => Step[]>> = {
    Conv2D: (layer) => convolve(layer, 'Conv2D', '_FusedConv2D', weight(layer, 'kernel')),
    Conv3D: (layer) => convolve(layer, 'Conv3D', undefined, weight(layer, 'kernel')),
    DepthwiseConv2D: (layer) =>
      convolve(
        layer,
        'DepthwiseConv2dNative',
        'FusedDepthwiseConv2dNative',
        weight(layer, 'depthwise_kernel'),
      ),
    SeparableConv2D: (layer) => {
      const plain = { ...layer, settings: { ...layer.settings, use_bias: false, activation: 'linear' } };
      const point = {
        op: 'Conv2D',
        inputs: [weight(layer, 'pointwise_kernel')],
        attributes: windows({ strides: [1, 1], padding: 'valid' }),
      };
      return [
        ...convolve(plain, 'DepthwiseConv2dNative', undefined, weight(layer, 'depthwise_kernel')),
        ...finish(layer, point, '_FusedConv2D'),
      ];
    },
    Conv2DTranspose: (layer) => {
      const { shape, settings, name } = layer;
      const size = [...shape.slice(0, 3), network.weights.get(`${name}/kernel`)!.shape[2]!];
      const before = [integers(`${name}/size`, size), weight(layer, 'kernel')];
      return finish(layer, { op: 'Conv2DBackpropInput', before, attributes: windows(settings) });
    },
    Conv1D: (layer) => {
      const { kernel_size, strides, dilation_rate = [1], padding } = layer.settings;
      const [, channels, filters] = network.weights.get(`${layer.name}/kernel`)!.shape;
      const kernel = weight(layer, 'kernel', [1, kernel_size![0]!, channels!, filters!]);
      const flat = { strides: [1, strides![0]!], dilation_rate: [1, dilation_rate[0]!], padding: padding! };
      return [
        { op: 'ExpandDims', inputs: [integers(`${layer.name}/axis`, [-3], [])] },
        ...finish(layer, { op: 'Conv2D', inputs: [kernel], attributes: windows(flat) }, undefined, [
          { op: 'Squeeze', attributes: { squeeze_dims: [-3] } },
        ]),
      ];
    },
    AveragePooling1D: (layer) => pool1d(layer, 'AvgPool'),
    MaxPooling1D: (layer) => pool1d(layer, 'MaxPool'),
    AveragePooling2D: ({ settings }) => [{ op: 'AvgPool', attributes: windows(settings) }],
    MaxPooling2D: ({ settings }) => [{ op: 'MaxPool', attributes: windows(settings) }],
    AveragePooling3D: ({ settings }) => [{ op: 'AvgPool3D', attributes: windows(settings) }],
    MaxPooling3D: ({ settings }) => [{ op: 'MaxPool3D', attributes: windows(settings) }],
    BatchNormalization: (layer) => {
      const kinds = ['gamma', 'beta', 'moving_mean', 'moving_variance'];
      const inputs = kinds.map((kind) => weight(layer, kind));
      return [{ op: 'FusedBatchNormV3', inputs, attributes: { epsilon: 1e-3, is_training: false, ...LAST } }];
    },
    Dense: (layer) =>
      finish(
        layer,
        {
          op: 'MatMul',
          inputs: [weight(layer, 'kernel')],
          attributes: { transpose_a: false, transpose_b: false },
        },
        '_FusedMatMul',
      ),
    Activation: activate,
    Add: () => [{ op: 'AddV2' }],
    Concatenate: ({ name, inputs: { length } }) => [
      { op: 'ConcatV2', inputs: [integers(`${name}/axis`, [-1], [])], attributes: { N: length } },
    ],
    GlobalAveragePooling2D: ({ name }) => [
      { op: 'Mean', inputs: [integers(`${name}/axes`, [1, 2])], attributes: { keep_dims: false } },
    ],
    MirrorPadding: ({ name, settings: { sides, mode } }) => [
      {
        op: 'MirrorPad',
        inputs: [integers(`${name}/paddings`, [0, 0, ...sides!.flat(), 0, 0], [4, 2])],
        attributes: { mode: mode!.toUpperCase() },
      },
    ],
    HalfPixelResizing: resize,
    UpSampling2D: resize,
  };

  function pool1d({ name, settings }: NetworkLayer, op: string): Step[] {
    const { pool_size, strides, padding } = settings;
    const wide = { pool_size: [...pool_size!, 1], strides: [...strides!, 1], padding: padding! };
    return [
      { op: 'ExpandDims', inputs: [integers(`${name}/axis`, [2], [])] },
      { op, attributes: windows(wide) },
      { op: 'Squeeze', attributes: { squeeze_dims: [2] } },
    ];
  }

  function resize({ name, shape, settings }: NetworkLayer): Step[] {
    return [
      {
        op: settings.interpolation === 'bilinear' ? 'ResizeBilinear' : 'ResizeNearestNeighbor',
        inputs: [integers(`${name}/size`, shape.slice(1, 3))],
        attributes: { align_corners: false, half_pixel_centers: true },
      },
    ];
  }

  image('input', shapes.get('input')!);
  for (const layer of network.layers) {
    const steps = write[layer.kind];
    if (!steps) throw new Error(`kind: expected one that a graph can have, got ${layer.kind}`);
    chain(layer, layer.inputs, steps(layer));
  }
  return graph;
}

const LAST = { data_format: 'NHWC' };

/** What a convolution or a pool says of its windows, the batch and the channels included. */
function windows({ strides, dilation_rate, pool_size, padding }: LayerSettings): Attributes {
  const whole = (sizes: readonly number[]) => [1, ...sizes, 1];
  return {
    strides: whole(strides!),
    padding: padding!.toUpperCase(),
    data_format: strides!.length === 3 ? 'NDHWC' : 'NHWC',
    ...(pool_size
      ? { ksize: whole(pool_size) }
      : { dilations: whole(dilation_rate ?? strides!.map(() => 1)) }),
  };
}
