import { getKernel, type KernelConfig, unregisterKernel } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { registerFitting } from '../../src/backend/registerFitting';

const kernel = (name: string): KernelConfig => ({
  kernelName: 'KernelOfATest',
  backendName: 'backendOfATest',
  kernelFunc: () => [{ dataId: { name }, shape: [], dtype: 'float32' }],
});
const [appsOwn, ours] = [kernel("the app's"), kernel('ours')];

describe('registerFitting', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    unregisterKernel('KernelOfATest', 'backendOfATest');
  });

  it.each([
    ['4.9.0', ours],
    ['3.21.0', ours],
    ['4.10.0', appsOwn],
    ['4.22.0', appsOwn],
    ['4.23.0', ours],
    ['5.10.0', ours],
  ])(
    'beside TensorFlow.js %s, leaves the kernels that go with the binary, and warns of none',
    (version, expected) => {
      const warn = vi.spyOn(console, 'warn');
      registerFitting(appsOwn, version);
      registerFitting(ours, version);
      expect(getKernel('KernelOfATest', 'backendOfATest')).toBe(expected);
      expect(warn).not.toHaveBeenCalled();
    },
  );
});
