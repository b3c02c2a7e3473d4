import { expect, it } from 'vitest';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';
import { requireSizes } from '../../../src/formats/keras/requireSizes';

const layer = (config: object, className = 'Conv2D') => ({
  class_name: 'Sequential',
  config: { name: 'whole', layers: [{ class_name: className, config: { name: 'conv', ...config } }] },
});
const weightSpecs = [{ name: 'conv/kernel', shape: [3, 3, 1, 8], dtype: 'float32' as const }];

it.each<[object, string]>([
  [{ dilation_rate: [1, 1e9] }, 'expected whole numbers from 1 to 4096 as dilation_rate, got 1000000000'],
  [{ dilationRate: 1e9 }, 'expected whole numbers from 1 to 4096 as dilation_rate, got 1000000000'],
  [{ strides: 1e9 }, 'expected whole numbers from 1 to 4096 as strides, got 1000000000'],
  [{ strides: [2, -1] }, 'expected whole numbers from 1 to 4096 as strides, got -1'],
  [{ kernel_size: [1e9, 3] }, 'expected whole numbers from 1 to 4096 as kernel_size, got 1000000000'],
  [{ kernel_size: 2.5 }, 'expected whole numbers from 1 to 4096 as kernel_size, got 2.5'],
  [{ pool_size: ['2'] }, 'expected whole numbers from 1 to 4096 as pool_size, got "2"'],
  [
    { units: 1e12 },
    'expected a whole number from 1 to 8, the longest that any weight is, as units, got 1000000000000',
  ],
  [{ filters: 9 }, 'expected a whole number from 1 to 8, the longest that any weight is, as filters, got 9'],
  [{ filters: 0 }, 'expected a whole number from 1 to 8, the longest that any weight is, as filters, got 0'],
  [
    { filters: Number.NaN },
    'expected a whole number from 1 to 8, the longest that any weight is, as filters, got NaN',
  ],
  [
    { batch_input_shape: [null, 1e9, 4, 1] },
    'expected sizes from 1 to 16777216 as batch_input_shape, got 1000000000',
  ],
  [{ batch_input_shape: [null, 0, 4, 1] }, 'expected sizes from 1 to 16777216 as batch_input_shape, got 0'],
  [{ momentum: Number.POSITIVE_INFINITY }, 'expected finite numbers as momentum, got Infinity'],
])('names the layer and the number: %j', (config, message) => {
  expect(() => requireSizes(layer(config), weightSpecs)).toThrow(`the layer "conv": ${message}`);
});

it('looks into models and layers inside, and says where', () => {
  const inner = { class_name: 'Dense', config: { name: 'dense', units: -3 } };
  const wrapper = { class_name: 'TimeDistributed', config: { name: 'time', layer: inner } };
  const model = layer({ layers: [wrapper] }, 'Sequential');
  expect(() => requireSizes(model, undefined)).toThrow(
    'the layer "conv/time/dense": expected a whole number',
  );
});

it('takes what layers have', () => {
  requireSizes(
    layer({ strides: null, filters: 8, kernel_size: [3, 3], dilation_rate: 1, seed: -4 }),
    weightSpecs,
  );
  requireSizes(layer({ units: 100_000 }), undefined);
});

it('is asked before TensorFlow.js is', () => {
  const modelTopology = layer({ kernel_size: [1e9, 3] });
  expect(() => convertKerasModel({ modelTopology, weightSpecs })).toThrow(
    'the layer "conv": expected whole numbers',
  );
});
