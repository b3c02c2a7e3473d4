import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  engine,
  fused,
  getKernelsForBackend,
  type KernelConfig,
  memory,
  ones,
  registerKernel,
  setBackend,
  type Tensor,
  tensor,
  tidy,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureBackend } from '../../../src/backend/ensureBackend';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { randomSource, relativeError } from '../../training/random';

/** What tfjs has registered by itself, before anything of this package runs. */
const STOCK = new Map(getKernelsForBackend('wasm').map((config) => [config.kernelName, config]));
const CPU = new Map(getKernelsForBackend('cpu').map((config) => [config.kernelName, config]));

const kernels = (backend: string) =>
  new Map(getKernelsForBackend(backend).map((config) => [config.kernelName, config]));

function register(config: KernelConfig): void {
  if (kernels('wasm').has(config.kernelName)) unregisterKernel(config.kernelName, 'wasm');
  registerKernel(config);
}

beforeEach(async () => {
  for (const name of kernels('wasm').keys()) unregisterKernel(name, 'wasm');
  for (const config of STOCK.values()) registerKernel(config);
  Reflect.deleteProperty(engine(), Symbol.for('layerscope.examinedKernels'));
  vi.resetModules();
  await setBackend('wasm');
});
afterEach(() => {
  expect(kernels('cpu')).toEqual(CPU);
  for (const [name, config] of kernels('cpu')) expect(config).toBe(CPU.get(name));
});

/** The kernels that are no longer tfjs's own. */
const corrected = () =>
  [...kernels('wasm')].flatMap(([name, config]) => (config === STOCK.get(name) ? [] : [name])).sort();

const ALL = [
  'Abs',
  'Acos',
  'Acosh',
  'Asin',
  'Asinh',
  'Atan',
  'Atan2',
  'Atanh',
  'AvgPool',
  'AvgPool3D',
  'BatchMatMul',
  'Bincount',
  'Cast',
  'ClipByValue',
  'Conv2D',
  'Conv3D',
  'Conv3DBackpropInputV2',
  'Cumprod',
  'Cumsum',
  'DenseBincount',
  'DepthwiseConv2dNative',
  'Dilation2D',
  'Einsum',
  'Exp',
  'Expm1',
  'FloorDiv',
  'FusedBatchNorm',
  'FusedConv2D',
  'FusedDepthwiseConv2D',
  'GatherV2',
  'IsFinite',
  'IsInf',
  'IsNan',
  'LeakyRelu',
  'Log1p',
  'MaxPool',
  'MaxPool3D',
  'MaxPoolWithArgmax',
  'Mod',
  'Neg',
  'OneHot',
  'Prelu',
  'Reciprocal',
  'Relu',
  'Relu6',
  'ResizeBilinear',
  'Reverse',
  'Round',
  'SearchSorted',
  'Selu',
  'Sign',
  'Sinh',
  'Softplus',
  'Square',
  'Step',
  'StridedSlice',
  'TopK',
  '_FusedMatMul',
];

/** Nine on each place if the convolution is right, five if it is not. */
const convolve = () =>
  tidy(() => [
    ...(
      fused.conv2d({
        x: ones([1, 6, 6, 1]) as never,
        filter: ones([2, 2, 1, 1]) as never,
        strides: 3,
        pad: 'same',
        bias: tensor([5]),
      }) as Tensor
    ).dataSync(),
  ]);

describe('the corrections', () => {
  it('are needed', () => {
    expect(convolve()).toEqual([5, 5, 5, 5]);
  });

  it('are not there before something is computed', async () => {
    await import('../../../src/index');
    expect(corrected()).toEqual([]);
  });

  it.each([
    ['useWasmBackend', () => useWasmBackend()],
    ['what starts a backend by itself', () => ensureBackend()],
  ])('are installed by %s where the app has started the backend', async (_name, start) => {
    const [tensors, ids] = [memory().numTensors, numDataIds()];
    await start();
    expect(corrected()).toEqual(ALL);
    expect(convolve()).toEqual([9, 9, 9, 9]);
    expect([memory().numTensors, numDataIds()]).toEqual([tensors, ids]);
  });

  it('keep how a kernel is set up, and work when tfjs starts the backend anew', async () => {
    await ensureBackend();
    for (const [name, { setupFunc, disposeFunc }] of STOCK) {
      expect(kernels('wasm').get(name)).toMatchObject({
        ...(setupFunc && { setupFunc }),
        ...(disposeFunc && { disposeFunc }),
      });
    }
    engine().reset();
    await setBackend('wasm');
    expect(convolve()).toEqual([9, 9, 9, 9]);
  });

  it('are installed once, by two copies of this package too', async () => {
    await ensureBackend();
    const first = kernels('wasm');
    await ensureBackend();
    await useWasmBackend();
    vi.resetModules();
    const copy = await import('../../../src/backend/corrections/installCorrections');
    copy.installCorrections();
    for (const [name, config] of kernels('wasm')) expect(config).toBe(first.get(name));
  });

  it('leave other backends alone, and come when the app changes to this one', async () => {
    await setBackend('cpu');
    await ensureBackend();
    expect(corrected()).toEqual([]);
    await setBackend('wasm');
    await ensureBackend();
    expect(corrected()).toEqual(ALL);
  });

  it('come again where the app has loaded the backend twice, which registers its kernels anew', async () => {
    await ensureBackend();
    for (const config of STOCK.values()) register(config);
    expect(convolve()).toEqual([5, 5, 5, 5]);
    await ensureBackend();
    expect(convolve()).toEqual([9, 9, 9, 9]);
  });

  it('leave a kernel alone that is right', async () => {
    await ensureBackend();
    const right = new Map(
      ['Cast', 'Prelu', 'Einsum'].map((name) => [name, { ...kernels('wasm').get(name)! }]),
    );
    for (const config of STOCK.values()) register(config);
    for (const config of right.values()) register(config);
    Reflect.deleteProperty(engine(), Symbol.for('layerscope.examinedKernels'));
    await ensureBackend();
    for (const [name, config] of right) expect(kernels('wasm').get(name)).toBe(config);
    expect(corrected()).toEqual(ALL);
  });

  it('are there when a layers model and a graph are run by this package', async () => {
    const { computeActivations, createActivationModel } = await import('../../../src/index');
    const model = sequential({
      layers: [
        layers.conv2d({
          name: 'conv',
          filters: 1,
          kernelSize: 2,
          strides: 3,
          padding: 'same',
          kernelInitializer: 'ones',
          inputShape: [6, 6, 1],
        }),
      ],
    });
    const img = { data: new Float32Array(36).fill(1), shape: [6, 6, 1] as const };
    const [activation] = await computeActivations(createActivationModel(model, ['conv']), img);
    expect([...activation!.data]).toEqual([4, 4, 4, 4]);
    model.dispose();
  });
});

describe.each([
  ['before', true],
  ['after', false],
])('with the kernels of training that are registered %s', (_when, isBefore) => {
  it('both stay', async () => {
    const { registerTrainingKernels } = await import('../../../src/training/registerTrainingKernels');
    const { installCorrections } = await import('../../../src/backend/corrections/installCorrections');
    // The kernels of training are registered before the promise is given, the backend looked after later.
    if (!isBefore) installCorrections();
    await registerTrainingKernels();
    for (const name of ['Add', 'MaxPoolGrad', 'Conv2DBackpropFilter', ...ALL]) {
      expect(corrected()).toContain(name);
    }
    expect(convolve()).toEqual([9, 9, 9, 9]);
    const { floats } = randomSource(8);
    const [a, b] = [floats(96 * 4), floats(96 * 3)];
    const expected = Array.from({ length: 12 }, (_, at) => {
      const [row, column] = [Math.floor(at / 3), at % 3];
      let sum = 1;
      for (let each = 0; each < 96; each++) sum += a[each * 4 + row]! * b[each * 3 + column]!;
      return Math.max(0, sum);
    });
    const values = tidy(() =>
      fused
        .matMul({
          a: tensor(a, [96, 4]),
          b: tensor(b, [96, 3]),
          transposeA: true,
          bias: tensor([1, 1, 1]),
          activation: 'relu',
        })
        .dataSync(),
    );
    expect(relativeError(values, expected)).toBeLessThan(1e-5);
  });
});

function numDataIds(): number {
  return engine().backend.numDataIds();
}
