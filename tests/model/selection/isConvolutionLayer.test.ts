import { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { isConvolutionLayer } from '../../../src/model/selection/isConvolutionLayer';

type Layer = layers.Layer;

const window = { filters: 1, kernelSize: 1 } as const;
const conv2d = () => layers.conv2d(window);

describe('isConvolutionLayer', () => {
  beforeAll(() => useWasmBackend());

  it.each<[string, () => Layer]>([
    ['Conv1D', () => layers.conv1d(window)],
    ['Conv2D', conv2d],
    ['Conv3D', () => layers.conv3d(window)],
    ['Conv2DTranspose', () => layers.conv2dTranspose(window)],
    ['Conv3DTranspose', () => layers.conv3dTranspose(window)],
    ['DepthwiseConv2D', () => layers.depthwiseConv2d({ kernelSize: 1 })],
    ['SeparableConv2D', () => layers.separableConv2d(window)],
    ['ConvLSTM2D', () => layers.convLstm2d(window) as Layer],
    ['TimeDistributed', () => layers.timeDistributed({ layer: conv2d() })],
    ['TimeDistributed', () => layers.timeDistributed({ layer: layers.timeDistributed({ layer: conv2d() }) })],
    ['RNN', () => layers.rnn({ cell: layers.convLstm2dCell(window) as never }) as Layer],
    [
      'RNN',
      () =>
        layers.rnn({
          cell: layers.stackedRNNCells({ cells: [layers.convLstm2dCell(window) as never] }) as never,
        }) as Layer,
    ],
  ])('says yes to %s', (className, make) => {
    const layer = make();
    expect(layer.getClassName()).toBe(className);
    expect(isConvolutionLayer(layer)).toBe(true);
  });

  it.each(['Conv1DTranspose', 'DepthwiseConv1D', 'SeparableConv1D', 'ConvLSTM1D', 'ConvLSTM3D'])(
    'says yes to what is called %s, which tfjs has not',
    (className) => {
      expect(isConvolutionLayer({ getClassName: () => className })).toBe(true);
    },
  );

  it("says yes to somebody's own kind of convolution, however far it is derived", () => {
    const Conv2D = conv2d().constructor as new (config: typeof window) => Layer;
    class Gabor extends Conv2D {
      static className = 'Gabor';
    }
    class SmallGabor extends Gabor {
      static override className = 'SmallGabor';
    }
    const layer = new SmallGabor(window);
    expect(layer.getClassName()).toBe('SmallGabor');
    expect(isConvolutionLayer(layer)).toBe(true);
  });

  it.each<[string, () => Layer]>([
    ['InputLayer', () => layers.inputLayer({ inputShape: [2], name: 'conv2d_input' })],
    ['Dense', () => layers.dense({ units: 1, name: 'conv' })],
    ['BatchNormalization', () => layers.batchNormalization({ name: 'conv_bn' })],
    ['ReLU', () => layers.reLU({ name: 'conv_relu' })],
    ['MaxPooling2D', () => layers.maxPooling2d({})],
    ['LSTM', () => layers.lstm({ units: 1 }) as Layer],
    ['TimeDistributed', () => layers.timeDistributed({ layer: layers.dense({ units: 1 }) })],
  ])('says no to %s', (className, make) => {
    const layer = make();
    expect(layer.getClassName()).toBe(className);
    expect(isConvolutionLayer(layer)).toBe(false);
  });
});
