import {
  getKernel,
  type KernelConfig,
  registerKernel,
  unregisterKernel,
  version_core,
} from '@tensorflow/tfjs-core';

/** Versions of TensorFlow.js with the same binary as this package has, which their kernels therefore go with. */
const SAME_BINARY = /^4\.(1\d|2[0-2])\./;

/**
 * Registers a kernel of the copy of tfjs's backend. One that is there stays: tfjs would warn, and it may be the app's own or
 * wrapped. But what the app's own copy has registered calls another binary where that is of another version, and is replaced.
 *
 * @param version Of the app's tfjs, whose packages are all of one.
 */
export function registerFitting(config: KernelConfig, version = version_core): void {
  const { kernelName, backendName } = config;
  if (getKernel(kernelName, backendName)) {
    if (SAME_BINARY.test(version)) return;
    unregisterKernel(kernelName, backendName);
  }
  registerKernel(config);
}
