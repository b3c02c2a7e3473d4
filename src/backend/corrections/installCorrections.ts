import {
  engine,
  getBackend,
  getKernel,
  type KernelConfig,
  type KernelFunc,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { Kernel, WasmBackend } from '../wasmBackend';
import { broadcastMatrices } from './broadcastMatrices';
import type { Correction } from './Correction';
import { castToBool } from './castToBool';
import { checkIntegers } from './checkIntegers';
import { clipIntegers } from './clipIntegers';
import { conv3dTranspose } from './conv3dTranspose';
import { cumulate } from './cumulate';
import { einsum } from './einsum';
import { fusedBias } from './fusedBias';
import { fusedMatMul } from './fusedMatMul';
import { fusedPrelu } from './fusedPrelu';
import { gather } from './gather';
import { guardMemory } from './guardMemory';
import { isRight } from './isRight';
import { maxPool3d } from './maxPool3d';
import { oneHot } from './oneHot';
import { otherTypes } from './otherTypes';
import { prelu } from './prelu';
import { refuseNegatives } from './refuseNegatives';
import { refuseNoOutput } from './refuseNoOutput';
import { releaseMatrices } from './releaseMatrices';
import { repeatMatrices } from './repeatMatrices';
import { reserveScratch } from './reserveScratch';
import { reverseBool } from './reverseBool';
import { samePadding } from './samePadding';
import { skippingWindows3d } from './skippingWindows3d';
import { stridedSlice } from './stridedSlice';
import { unsharedMatrix } from './unsharedMatrix';

/** Of one kernel, the later stands before the earlier. */
const CORRECTIONS: readonly Correction[] = [
  ...reserveScratch,
  ...samePadding,
  ...fusedBias,
  releaseMatrices,
  ...unsharedMatrix,
  ...repeatMatrices,
  broadcastMatrices,
  fusedMatMul,
  prelu,
  ...fusedPrelu,
  ...cumulate,
  oneHot,
  maxPool3d,
  conv3dTranspose,
  ...skippingWindows3d,
  stridedSlice,
  gather,
  castToBool,
  clipIntegers,
  ...checkIntegers,
  reverseBool,
  einsum,
  ...refuseNegatives,
  ...refuseNoOutput,
  ...otherTypes,
];

const KERNEL_NAMES = [...new Set(CORRECTIONS.map(({ kernelName }) => kernelName))];

/**
 * The kernels that have been looked at, as they were left. It hangs on tfjs's engine, since an app may hold this module
 * twice, imported and required.
 */
const EXAMINED = Symbol.for('layerscope.examinedKernels');

/**
 * Puts right what TensorFlow.js computes wrong on the WASM backend, if that is the one in use: kernels that give a wrong
 * value for a small example are wrapped or replaced, those that are right are left alone. Other backends are untouched.
 *
 * Calling it again costs next to nothing: only kernels that somebody else has registered since are looked at.
 */
export function installCorrections(): void {
  if (getBackend() !== 'wasm') return;
  const { backend, [EXAMINED]: examined = new Map<string, KernelConfig | undefined>() } =
    engine() as unknown as {
      readonly backend: WasmBackend;
      readonly [EXAMINED]?: Map<string, KernelConfig | undefined>;
    };
  guardMemory(backend);
  const isNew = (name: string) => !examined.has(name) || examined.get(name) !== getKernel(name, 'wasm');
  const names = new Set(KERNEL_NAMES.filter(isNew));
  if (names.size === 0) return;
  for (const correction of CORRECTIONS) {
    if (names.has(correction.kernelName)) install(correction, backend);
  }
  for (const name of names) examined.set(name, getKernel(name, 'wasm'));
  Object.assign(engine(), { [EXAMINED]: examined });
}

function install(
  { kernelName, example, isMissing = false, correct }: Correction,
  backend: WasmBackend,
): void {
  const config: KernelConfig | undefined = getKernel(kernelName, 'wasm');
  if (isMissing === Boolean(config)) return;
  if (!config) {
    const absent: Kernel = () => {
      throw new Error(`expected the kernel ${kernelName} in the WASM backend, got none`);
    };
    const kernelFunc = correct(absent) as unknown as KernelFunc;
    registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
    return;
  }
  const original = config.kernelFunc as unknown as Kernel;
  if (example && isRight(original, example, backend)) return;
  // tfjs warns of a kernel that is registered twice.
  unregisterKernel(kernelName, 'wasm');
  registerKernel({ ...config, kernelFunc: correct(original) as unknown as KernelFunc });
}
