import * as tf from '@tensorflow/tfjs-core';
import { model as createModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { computeActivations, createActivationModel } from 'layerscope';

/**
 * What somebody writes who calls tfjs-core directly for both convolutions of the article's network: no model, no layers.
 *
 * @returns A function of a tensor that returns both activations as `Float32Array`.
 */
export function createDirectOperations(weights) {
  const [kernel1, bias1, kernel2, bias2] = weights.map(({ shape, values }) => tf.tensor(values, shape));
  const convolve = (x, filter, bias) =>
    tf.fused.conv2d({ x, filter, bias, strides: 1, pad: 'valid', activation: 'relu' });
  return (image) => {
    const outputs = tf.tidy(() => {
      const conv1 = convolve(image, kernel1, bias1);
      return [conv1, convolve(tf.maxPool(conv1, 2, 2, 'valid'), kernel2, bias2)];
    });
    return readAndDispose(outputs);
  };
}

/** What tfjs-layers itself offers for many layers: a `LayersModel` with several outputs. */
export function createTwoOutputModel(model) {
  const outputs = model.layers.filter(({ name }) => name.includes('conv')).map(({ output }) => output);
  return createModel({ inputs: model.inputs, outputs });
}

/** The numbers of tensors that nobody needs any longer. */
export function readAndDispose(tensors) {
  const values = tensors.map((tensor) => tensor.dataSync());
  tf.dispose(tensors);
  return values;
}

/** Maps such as a network makes, of any size: a wavy picture through 3 × 3 filters with fixed random weights. */
export async function computeFeatureMaps(size, channels) {
  const conv = layers.conv2d({
    name: `conv_${size}`,
    inputShape: [size, size, 1],
    filters: channels,
    kernelSize: 3,
    padding: 'same',
    activation: 'relu',
    kernelInitializer: 'glorotUniform',
  });
  const model = sequential({ layers: [conv] });
  conv.setWeights([seededKernel(channels), tf.zeros([channels])]);
  const [activation] = await computeActivations(createActivationModel(model), wavyImage(size));
  model.dispose();
  return activation;
}

function seededKernel(channels) {
  return tf.randomUniform([3, 3, 1, channels], -1, 1, 'float32', 1);
}

function wavyImage(size) {
  const data = Float32Array.from({ length: size * size }, (_, pixel) => {
    const x = (pixel % size) / size;
    const y = Math.floor(pixel / size) / size;
    return 0.5 + 0.5 * Math.sin(20 * x + 30 * y * y);
  });
  return { data, shape: [size, size, 1] };
}
