import { getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/**
 * Times every kernel of the WASM backend while `work` runs. What a kernel calls by itself counts for the caller.
 *
 * @returns `{ total, kernels: [{ name, calls, time }] }`, milliseconds, the most expensive first.
 */
export async function profileKernels(work) {
  const kernels = getKernelsForBackend('wasm');
  const profile = new Map();
  let depth = 0;
  for (const kernel of kernels) {
    const row = { name: kernel.kernelName, calls: 0, time: 0 };
    profile.set(kernel.kernelName, row);
    const kernelFunc = (call) => {
      if (depth > 0) return kernel.kernelFunc(call);
      depth++;
      const start = performance.now();
      try {
        return kernel.kernelFunc(call);
      } finally {
        row.time += performance.now() - start;
        row.calls++;
        depth--;
      }
    };
    replace({ ...kernel, kernelFunc });
  }
  const start = performance.now();
  try {
    await work();
  } finally {
    for (const kernel of kernels) replace(kernel);
  }
  const total = performance.now() - start;
  const used = [...profile.values()].filter(({ calls }) => calls > 0);
  return { total, kernels: used.sort((one, other) => other.time - one.time) };
}

function replace(kernel) {
  unregisterKernel(kernel.kernelName, kernel.backendName);
  registerKernel(kernel);
}
