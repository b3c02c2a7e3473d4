// What the backend of the app's TensorFlow.js computes wrong must be right with the package, whichever version that is.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { buildArticleCnn, useWasmBackend } from 'layerscope';

await useWasmBackend();
const before = tf.memory().numTensors;
const valuesOf = (compute) => tf.tidy(() => [...compute().dataSync()]);
const x = tf.ones([1, 6, 6, 1]);
const filter = tf.ones([2, 2, 1, 1]);

// Windows that leave out values, with a bias of rank 4.
const bias = tf.tensor([5], [1, 1, 1, 1]);
assert.deepEqual(
  valuesOf(() => tf.fused.conv2d({ x, filter, bias, strides: 3, pad: 'same' })),
  [9, 9, 9, 9],
);

// One matrix with several, several with one, and some with others.
const product = (a, aShape, b, bShape) =>
  valuesOf(() => tf.matMul(tf.tensor(a, aShape), tf.tensor(b, bShape)));
assert.deepEqual(product([3], [1, 1, 1], [1, 2], [2, 1, 1]), [3, 6]);
assert.deepEqual(product([1, 2], [2, 1, 1], [3], [1, 1, 1]), [3, 6]);
assert.deepEqual(product([1, 2, 3, 4], [2, 2, 1, 1], [5, 7], [1, 2, 1, 1]), [5, 14, 15, 28]);
assert.deepEqual(product([1, 10], [2, 1, 1, 1], [1, 2], [1, 2, 1, 1]), [1, 2, 10, 20]);

// A bias counts once over long rows.
const long = tf.ones([1, 96]);
assert.deepEqual(
  valuesOf(() => tf.fused.matMul({ a: long, b: long, transposeB: true, bias: tf.tensor([1]) })),
  [97],
);
assert.deepEqual(
  valuesOf(() => tf.cast(tf.tensor([0.5, -1, 0, 256]), 'bool')),
  [1, 1, 0, 1],
);

// A seed is one.
const weightsOf = () => {
  const model = buildArticleCnn({ seed: 7 });
  const weights = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
  model.dispose();
  return weights;
};
assert.deepEqual(weightsOf(), weightsOf());

tf.dispose([x, filter, bias, long]);
assert.equal(tf.memory().numTensors, before);
