import { describeValue } from '../../common/errors';
import { quote } from '../../common/quote';
import type { Writer } from './findWriter';
import type { KerasConfig } from './KerasConfig';

/** An option of layers that TensorFlow.js does not have, or means otherwise. */
interface Rule {
  readonly classes: RegExp;
  readonly option: string;
  /** The values for which that makes no difference; what is not set never does. */
  readonly harmless: readonly unknown[] | ((value: unknown, config: KerasConfig) => boolean);
  /** What TensorFlow.js does with it: by default it would pass over it. */
  readonly does?: string;
  /** Whether it is so in a file of TensorFlow.js too. */
  readonly always?: true;
  readonly instead: string;
}

const GRAPH = 'or convert the model into a graph model';
const RECURRENT = /^(RNN|SimpleRNN|LSTM|GRU|ConvLSTM2D)$/;

const RULES: readonly Rule[] = [
  {
    classes: /Conv\dD/,
    option: 'groups',
    harmless: [1],
    instead: 'use a convolution for each group, or a DepthwiseConv2D',
  },
  {
    classes: /^Conv\dDTranspose$/,
    option: 'output_padding',
    harmless: (value) => Array.isArray(value) && value.every((size) => size === null),
    instead: 'put a ZeroPadding2D behind it',
  },
  {
    classes: /^(DepthwiseConv2D|Conv\dDTranspose)$/,
    option: 'dilation_rate',
    harmless: (value) => [value].flat().every((rate) => rate === 1),
    instead: `use a Conv2D, ${GRAPH}`,
  },
  {
    classes: /^(Conv1D|(Global)?(Max|Average)Pooling1D|CenterCrop)$/,
    option: 'data_format',
    harmless: ['channels_last'],
    instead: 'put a Permute before it and one behind it',
  },
  {
    classes: /^SeparableConv2D$/,
    option: 'data_format',
    harmless: (value, { use_bias: bias }) => value === 'channels_last' || bias === false,
    does: 'computes otherwise: it adds the bias along the rows',
    instead: 'put a Permute before it and one behind it',
  },
  { classes: /^ReLU$/, option: 'negative_slope', harmless: [0], instead: 'use a LeakyReLU' },
  { classes: /^ReLU$/, option: 'threshold', harmless: [0], instead: 'use a ThresholdedReLU' },
  {
    classes: /^ELU$/,
    option: 'alpha',
    harmless: [1],
    does: 'cannot do',
    instead: `use an ELU with alpha 1, ${GRAPH}`,
  },
  {
    classes: /^Global\w+Pooling\dD$/,
    option: 'keepdims',
    harmless: [false],
    instead: 'put a Reshape behind it',
  },
  {
    classes: /^LayerNormalization$/,
    option: 'rms_scaling',
    harmless: [false],
    instead: 'leave rms_scaling out',
  },
  {
    classes: /^BatchNormalization$/,
    option: 'renorm',
    harmless: [false],
    instead: `leave renorm out, ${GRAPH}`,
  },
  {
    classes: /^BatchNormalization$/,
    option: 'axis',
    harmless: (value) => !Array.isArray(value) || value.length === 1,
    does: 'cannot do',
    instead: `use one axis, ${GRAPH}`,
  },
  {
    classes: /^UpSampling2D$/,
    option: 'interpolation',
    harmless: ['nearest', 'bilinear'],
    does: 'cannot do',
    instead: 'use nearest or bilinear',
  },
  {
    classes: /^GRU(Cell)?$/,
    option: 'reset_after',
    harmless: [false],
    does: 'cannot do',
    always: true,
    instead: `train the model with reset_after=False, ${GRAPH}`,
  },
  {
    classes: RECURRENT,
    option: 'time_major',
    harmless: [false],
    instead: 'put a Permute before it and one behind it',
  },
  {
    classes: RECURRENT,
    option: 'zero_output_for_mask',
    harmless: [false],
    instead: `leave it out, ${GRAPH}`,
  },
  {
    classes: RECURRENT,
    option: 'num_constants',
    harmless: [0],
    does: 'cannot do',
    instead: `leave them out, ${GRAPH}`,
  },
  { classes: /^StackedRNNCells$/, option: 'reverse_state_order', harmless: [false], instead: 'leave it out' },
  { classes: /^InputLayer$/, option: 'ragged', harmless: [false], instead: 'use an input of one shape' },
  {
    classes: /^InputLayer$/,
    option: 'sparse',
    harmless: [false],
    instead: 'use an input that is not sparse',
  },
  {
    classes: /^CategoryEncoding$/,
    option: 'sparse',
    harmless: [false],
    instead: 'use an output that is not sparse',
  },
  {
    classes: /^Rescaling$/,
    option: 'scale',
    harmless: (value) => [value].flat(4).every((number) => typeof number === 'number'),
    does: 'cannot do',
    instead: 'use numbers',
  },
];

/**
 * Checks that TensorFlow.js does all that a layer of Keras is configured to do, and means the same by it.
 *
 * @param config Converted.
 * @throws Error naming the layer, the option and its value, and what to do.
 */
export function requireSupported(className: string, config: KerasConfig, path: string, writer: Writer): void {
  if (className === 'Resizing' && writer !== 'tfjs') {
    throw new Error(
      `the layer ${quote(path)} is a Resizing, which ${writer === 'keras3' ? 'Keras 3' : 'Keras'} computes otherwise than TensorFlow.js; leave it out, and give images of its size`,
    );
  }
  for (const { classes, option, harmless, does = 'would pass over', always, instead } of RULES) {
    if (writer === 'tfjs' && !always) continue;
    const value = config[option];
    if (!classes.test(className) || value === undefined || value === null) continue;
    if (typeof harmless === 'function' ? harmless(value, config) : harmless.includes(value)) continue;
    throw new Error(
      `the layer ${quote(path)} is a ${className} with ${option} ${describeValue(value)}, which TensorFlow.js ${does}; ${instead}`,
    );
  }
}
