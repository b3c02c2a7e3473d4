import { model as createModel, input, layers } from '@tensorflow/tfjs-layers';

/** Expansion, filters, blocks and stride of the first of them (Sandler et al., 2018, table 2). */
const GROUPS = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/**
 * MobileNetV2 as a layers model whose normalizations have gone into its convolutions, as PyTorch exports it: a layer a node.
 *
 * @param weights Kernels and biases in the order of the layers.
 */
export function buildMobilenetV2(weights) {
  const image = input({ shape: [224, 224, 3] });
  let x = activate(convolve(image, 32, 3, 2));
  let channels = 32;
  for (const [expansion, filters, blocks, firstStride] of GROUPS) {
    for (let block = 0; block < blocks; block++) {
      const strides = block === 0 ? firstStride : 1;
      const wide = expansion === 1 ? x : activate(convolve(x, expansion * channels, 1, 1));
      const deep = activate(filter(wide, strides));
      const narrow = convolve(deep, filters, 1, 1);
      x = strides === 1 && filters === channels ? layers.add().apply([x, narrow]) : narrow;
      channels = filters;
    }
  }
  x = layers.globalAveragePooling2d({}).apply(activate(convolve(x, 1280, 1, 1)));
  const built = createModel({ inputs: image, outputs: layers.dense({ units: 1000 }).apply(x) });
  built.setWeights(weights);
  return built;
}

function activate(x) {
  return layers.reLU({ maxValue: 6 }).apply(x);
}

function convolve(x, filters, kernelSize, strides) {
  return layers
    .conv2d({ filters, kernelSize, strides, padding: 'valid' })
    .apply(kernelSize === 1 ? x : pad(x));
}

function filter(x, strides) {
  return strides === 1
    ? layers.depthwiseConv2d({ kernelSize: 3, padding: 'same' }).apply(x)
    : layers.depthwiseConv2d({ kernelSize: 3, strides, padding: 'valid' }).apply(pad(x));
}

/** By one on each side, as PyTorch pads; `'same'` pads behind only where the stride is 2. */
function pad(x) {
  return layers.zeroPadding2d({ padding: 1 }).apply(x);
}
