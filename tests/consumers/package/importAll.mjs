// Imports every entry, and requires it, and checks that nothing has changed in the app's TensorFlow.js: neither backends, nor
// kernels, nor gradients, nor flags. It is called with the module that the app has it from, and others that the app loads.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const [source = '@tensorflow/tfjs', ...others] = process.argv.slice(2);
const tf = await import(source);
for (const other of others) await import(other);

await tf.ready();
const before = takeStock();
assert.notEqual(before.backend, '');
assert.ok(before.kernels.size > 100);
assert.ok(before.gradients.size > 50);
const { exports } = require('layerscope/package.json');
for (const path of Object.keys(exports)) {
  if (path === './package.json' || path === './standalone') continue;
  const name = `layerscope${path.slice(1)}`;
  await import(name);
  require(name);
  await tf.ready();
  assert.deepEqual(takeStock(), before, name);
}
console.log(`${before.backend}: unchanged`);

function takeStock() {
  const { registryFactory } = tf.engine();
  const backends = Object.keys(registryFactory);
  const names = Object.values(tf).filter((value) => typeof value === 'string');
  return {
    backend: tf.getBackend(),
    backends: backends.map((name) => [name, registryFactory[name].priority]),
    kernels: new Map(
      [...backends, 'wasm', 'webgl'].flatMap((backend) =>
        tf
          .getKernelsForBackend(backend)
          .map((kernel) => [`${backend} ${kernel.kernelName}`, kernel.kernelFunc]),
      ),
    ),
    gradients: new Map(
      names.map((name) => [name, tf.getGradient(name)?.gradFunc]).filter(([, gradient]) => gradient),
    ),
    flags: { ...tf.env().flagRegistry },
  };
}
