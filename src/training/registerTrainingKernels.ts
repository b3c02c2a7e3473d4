// It registers the gradients of tfjs, over those that are there: ours have to come after them.
import '@tensorflow/tfjs-layers';
import {
  engine,
  getBackend,
  getKernel,
  type KernelFunc,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { ensureBackend } from '../backend/ensureBackend';
import { loadStarter } from '../backend/loadBackend';
import type { OriginalKernel, WasmBackend } from '../backend/wasmBackend';
import { requireBoolean } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import { FUSED_CONVOLUTIONS, noteDilation } from './gradients/installFusedDilations';
import { registerGradients } from './gradients/registerGradients';
import { RELU_GRAD } from './gradients/registerReluGradient';
import { installFusedAdam } from './installFusedAdam';
import { add } from './kernels/add';
import { avgPoolGrad } from './kernels/avgPoolGrad';
import { batchMatMul } from './kernels/batchMatMul';
import { conv2dBackpropFilter } from './kernels/conv2dBackpropFilter';
import { conv2dBackpropInput } from './kernels/conv2dBackpropInput';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './kernels/depthwiseGradients';
import { identity } from './kernels/identity';
import { maxPoolGrad } from './kernels/maxPoolGrad';
import { avgPool3dGrad, maxPool3dGrad } from './kernels/pool3dGradients';
import { reluGrad } from './kernels/reluGrad';
import { resizeBilinearGrad, resizeNearestGrad } from './kernels/resizeGradients';
import { sum } from './kernels/sum';
import { unsortedSegmentSum } from './kernels/unsortedSegmentSum';
import { binaryFor, prepareBinary } from './trainingBinary';

export interface RegisterTrainingKernelsOptions {
  /**
   * Whether the kernels may use our own WebAssembly. Without it they are made of what the backend has, which is slower.
   * @defaultValue true
   */
  binary?: boolean | undefined;
}

/** `'binary'`: our own WebAssembly works in the backend's memory. `'fallback'`: what the backend has does the work. */
export type TrainingPath = 'binary' | 'fallback';

let registered = false;

/**
 * Makes training work on the WASM backend: `model.fit`, `tf.grads` and `tf.variableGrads` of convolutional networks.
 *
 * Adds the gradients that the backend or TensorFlow.js lacks (of convolutions with and without dilations, gathers, slices,
 * broadcasts and others), replaces those that are wrong (of 3-D convolutions, pooling, resizing and mirror padding), and
 * makes faster what else training spends its time on, Adam among it. Other backends are untouched. Calling it again is
 * harmless.
 *
 * Nothing is registered before the call, and all when the promise is resolved. Sets up the WASM SIMD backend unless the app
 * has set one.
 *
 * @returns Which path they take. It may be asked for again with {@link trainingPath}.
 * @throws TypeError (the promise is rejected) if `binary` is not true or false.
 */
export async function registerTrainingKernels(
  options: RegisterTrainingKernelsOptions = {},
): Promise<TrainingPath> {
  requireOptions(options, { binary: true });
  const { binary = true } = options;
  requireBoolean('binary', binary);
  await Promise.all([prepareBinary(binary), ensureBackend()]);
  await requireKernels();
  if (!registered) {
    registered = true;
    registerAll();
  }
  return trainingPath();
}

/** Says which path the training kernels take on the backend in use. On another than WASM it is `'fallback'`. */
export function trainingPath(): TrainingPath {
  if (getBackend() !== 'wasm') return 'fallback';
  return binaryFor(engine().backend as unknown as WasmBackend) ? 'binary' : 'fallback';
}

/**
 * Our kernels replace and wrap those of the backend, which are there by now unless the app works on another. They must not
 * come sooner, for with them the backend may be registered, which tfjs then may choose by itself.
 */
async function requireKernels(): Promise<void> {
  if (!getKernel('Add', 'wasm')) await loadStarter();
}

function registerAll(): void {
  replaceKernel('Conv2DBackpropFilter', conv2dBackpropFilter);
  replaceKernel('Conv2DBackpropInput', conv2dBackpropInput);
  replaceKernel('DepthwiseConv2dNativeBackpropFilter', depthwiseBackpropFilter);
  replaceKernel('DepthwiseConv2dNativeBackpropInput', depthwiseBackpropInput);
  replaceKernel('MaxPoolGrad', maxPoolGrad);
  replaceKernel('UnsortedSegmentSum', unsortedSegmentSum);
  replaceKernel('Identity', identity);
  replaceKernel(RELU_GRAD, reluGrad);
  replaceKernel('MaxPool3DGrad', maxPool3dGrad);
  replaceKernel('AvgPool3DGrad', avgPool3dGrad);
  wrapKernel('AvgPoolGrad', avgPoolGrad);
  wrapKernel('ResizeBilinearGrad', resizeBilinearGrad);
  wrapKernel('ResizeNearestNeighborGrad', resizeNearestGrad);
  wrapKernel('Add', add);
  wrapKernel('BatchMatMul', batchMatMul);
  wrapKernel('Sum', sum);
  for (const [name, kind] of Object.entries(FUSED_CONVOLUTIONS)) wrapKernel(name, noteDilation(kind));
  registerGradients();
  installFusedAdam();
}

function replaceKernel(kernelName: string, kernel: unknown): void {
  // tfjs warns of a kernel that is registered twice.
  if (getKernel(kernelName, 'wasm')) unregisterKernel(kernelName, 'wasm');
  registerKernel({ kernelName, backendName: 'wasm', kernelFunc: kernel as KernelFunc });
}

/** Puts a kernel before the backend's own, which keeps its set-up and gets the calls that are not for us. */
function wrapKernel(kernelName: string, wrap: (original: OriginalKernel) => unknown): void {
  const config = getKernel(kernelName, 'wasm');
  if (!config) return;
  const kernelFunc = wrap(config.kernelFunc as unknown as OriginalKernel) as KernelFunc;
  unregisterKernel(kernelName, 'wasm');
  registerKernel({ ...config, kernelFunc });
}
