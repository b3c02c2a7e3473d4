import type { KerasConfig } from './KerasConfig';

/** A weight of a layer. */
export interface WeightName {
  /** By which TensorFlow.js looks for it. */
  readonly name: string;
  /** Its sizes, as far as the layer's configuration says them; `undefined` for each that it does not say. */
  readonly shape?: readonly (number | undefined)[] | undefined;
  /** Whether it is none that is learned, but gathered from the data. */
  readonly isGathered?: true;
}

/**
 * Lists the weights that a layer has itself, in the order in which Keras makes and numbers them.
 *
 * @returns `undefined` for a class of which it is not known.
 */
export function listWeightNames(className: string, config: KerasConfig): WeightName[] | undefined {
  const found = WEIGHTS.find(([classes]) => classes.test(className));
  return found?.[1](config).filter((weight): weight is WeightName => weight !== false);
}

type Rule = (config: KerasConfig) => (WeightName | false)[];

const WEIGHTS: readonly (readonly [classes: RegExp, list: Rule])[] = [
  [
    /^Conv[123]D$/,
    (config) => [
      { name: 'kernel', shape: kernelShape(config.kernel_size, undefined, size(config.filters)) },
      hasBias(config) && { name: 'bias', shape: [size(config.filters)] },
    ],
  ],
  [
    /^Conv[123]DTranspose$/,
    (config) => [
      { name: 'kernel', shape: kernelShape(config.kernel_size, size(config.filters), undefined) },
      hasBias(config) && { name: 'bias', shape: [size(config.filters)] },
    ],
  ],
  [
    /^DepthwiseConv[12]D$/,
    (config) => [
      {
        name: 'depthwise_kernel',
        shape: kernelShape(config.kernel_size, undefined, size(config.depth_multiplier)),
      },
      hasBias(config) && { name: 'bias', shape: [undefined] },
    ],
  ],
  [
    /^SeparableConv[12]D$/,
    (config) => [
      {
        name: 'depthwise_kernel',
        shape: kernelShape(config.kernel_size, undefined, size(config.depth_multiplier)),
      },
      {
        name: 'pointwise_kernel',
        shape: kernelShape(
          [config.kernel_size].flat().map(() => 1),
          undefined,
          size(config.filters),
        ),
      },
      hasBias(config) && { name: 'bias', shape: [size(config.filters)] },
    ],
  ],
  [
    /^Dense$/,
    (config) => [
      { name: 'kernel', shape: [undefined, size(config.units)] },
      hasBias(config) && { name: 'bias', shape: [size(config.units)] },
    ],
  ],
  [
    /^BatchNormalization$/,
    ({ scale, center }) => [
      scale !== false && { name: 'gamma', shape: [undefined] },
      center !== false && { name: 'beta', shape: [undefined] },
      { name: 'moving_mean', shape: [undefined], isGathered: true },
      { name: 'moving_variance', shape: [undefined], isGathered: true },
    ],
  ],
  [
    /^(Layer|Group)Normalization$/,
    ({ scale, center }) => [scale !== false && { name: 'gamma' }, center !== false && { name: 'beta' }],
  ],
  [
    /^Normalization$/,
    // Those that are written into the configuration are no weights.
    ({ mean }) =>
      mean === undefined || mean === null
        ? [
            { name: 'mean', isGathered: true },
            { name: 'variance', isGathered: true },
            { name: 'count', shape: [], isGathered: true },
          ]
        : [],
  ],
  [
    /^Embedding$/,
    (config) => [{ name: 'embeddings', shape: [size(config.input_dim), size(config.output_dim)] }],
  ],
  [/^PReLU$/, () => [{ name: 'alpha' }]],
  [/^SimpleRNN(Cell)?$/, (config) => listRecurrent(config, 1)],
  [/^GRU(Cell)?$/, (config) => listRecurrent(config, 3)],
  [/^LSTM(Cell)?$/, (config) => listRecurrent(config, 4)],
  [
    /^ConvLSTM[12]D$/,
    (config) => {
      const filters = times(config.filters, 4);
      return [
        { name: 'kernel', shape: kernelShape(config.kernel_size, undefined, filters) },
        { name: 'recurrent_kernel', shape: kernelShape(config.kernel_size, size(config.filters), filters) },
        hasBias(config) && { name: 'bias', shape: [filters] },
      ];
    },
  ],
  [/^RMSNormalization$/, () => [{ name: 'scale' }]],
  [/^EinsumDense$/, ({ bias_axes: axes }) => [{ name: 'kernel' }, axes != null && { name: 'bias' }]],
  [
    /^Attention$/,
    ({ use_scale: isScaled, score_mode: mode }) => [
      isScaled === true && { name: 'scale', shape: [] },
      mode === 'concat' && { name: 'concat_score_weight', shape: [] },
    ],
  ],
  [/^AdditiveAttention$/, ({ use_scale: isScaled }) => [isScaled !== false && { name: 'scale' }]],
  [
    /^MultiHeadAttention$/,
    (config) =>
      ['query', 'key', 'value', 'attention_output'].flatMap((part) => [
        { name: `${part}/kernel` },
        hasBias(config) && { name: `${part}/bias` },
      ]),
  ],
];

/** @param gates Of each unit. */
function listRecurrent(config: KerasConfig, gates: number): (WeightName | false)[] {
  const width = times(config.units, gates);
  return [
    { name: 'kernel', shape: [undefined, width] },
    { name: 'recurrent_kernel', shape: [size(config.units), width] },
    // With reset_after, a GRU has two rows of them.
    hasBias(config) && { name: 'bias', ...(config.reset_after !== true && { shape: [width] }) },
  ];
}

function hasBias({ use_bias: bias }: KerasConfig): boolean {
  return bias !== false;
}

function size(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function times(value: unknown, factor: number): number | undefined {
  return typeof value === 'number' ? value * factor : undefined;
}

/** A kernel's sizes, and what is behind them; `undefined` if it is not said how many there are. */
function kernelShape(
  sizes: unknown,
  ...channels: readonly (number | undefined)[]
): (number | undefined)[] | undefined {
  return Array.isArray(sizes) ? [...sizes.map(size), ...channels] : undefined;
}
