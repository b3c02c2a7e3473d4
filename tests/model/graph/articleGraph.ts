import { readFloats, referenceShape } from '../../reference';
import { type GraphDef, writeGraph } from './graphDef';

const WINDOW = { strides: [1, 1, 1, 1], padding: 'VALID', data_format: 'NHWC', dilations: [1, 1, 1, 1] };
const HALVE = { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: 'VALID', data_format: 'NHWC' };

/**
 * The article's network as TensorFlow writes it, with the weights that PyTorch computed the reference activations with.
 *
 * @param fused Whether the bias and the activation function are part of the convolution, as the converter leaves them.
 */
export function articleGraph(fused: boolean): GraphDef {
  const { graph, image, constant, node } = writeGraph();
  const weight = (layer: string, kind: string) =>
    constant(
      `cnn/${layer}/${kind}`,
      [...referenceShape(`weights.${layer}.${kind}`)],
      readFloats(`weights.${layer}.${kind}`),
    );
  const convolve = (layer: string, from: string) => {
    const [kernel, bias] = [weight(layer, 'kernel'), weight(layer, 'bias')];
    if (fused) {
      const settings = { ...WINDOW, num_args: 1, fused_ops: ['BiasAdd', 'Relu'] };
      return node(`cnn/${layer}/Relu`, '_FusedConv2D', [from, kernel, bias], settings);
    }
    const sum = node(`cnn/${layer}/Conv2D`, 'Conv2D', [from, kernel], WINDOW);
    return node(`cnn/${layer}/Relu`, 'Relu', [node(`cnn/${layer}/BiasAdd`, 'BiasAdd', [sum, bias])]);
  };

  let at = image('input', [-1, 28, 28, 1]);
  at = node('cnn/pool1/MaxPool', 'MaxPool', [convolve('conv1', at)], HALVE);
  at = node('cnn/pool2/MaxPool', 'MaxPool', [convolve('conv2', at)], HALVE);
  at = node('cnn/flatten/Reshape', 'Reshape', [at, constant('cnn/flatten/Const', [2], [-1, 800], 'int32')]);
  at = node('cnn/dense/MatMul', 'MatMul', [at, weight('dense', 'kernel')], {
    transpose_a: false,
    transpose_b: false,
  });
  at = node('cnn/dense/BiasAdd', 'BiasAdd', [at, weight('dense', 'bias')]);
  node('cnn/dense/Softmax', 'Softmax', [at]);
  return graph;
}
