import { layers, sequential } from '@tensorflow/tfjs-layers';

/** Filters and strides of the 13 blocks of MobileNet (Howard et al., 2017, table 1). */
export const BLOCKS = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];

/** MobileNet with random weights, of a share of its filters, its layers called as Keras would call them. */
export function buildMobileNet({ size, classes, share }) {
  const counts = new Map();
  const name = (kind) => {
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return count === 0 ? kind : `${kind}_${count}`;
  };
  const normalize = () => [
    layers.batchNormalization({ name: name('batch_normalization') }),
    layers.reLU({ name: name('re_lu'), maxValue: 6 }),
  ];
  const convolve = (options) =>
    layers.conv2d({ name: name('conv2d'), padding: 'same', useBias: false, ...options });
  const list = [
    convolve({ inputShape: [size, size, 3], filters: 32 * share, kernelSize: 3, strides: 2 }),
    ...normalize(),
  ];
  for (const [filters, strides] of BLOCKS) {
    const depthwise = {
      name: name('depthwise_conv2d'),
      kernelSize: 3,
      strides,
      padding: 'same',
      useBias: false,
    };
    list.push(layers.depthwiseConv2d(depthwise), ...normalize());
    list.push(convolve({ filters: filters * share, kernelSize: 1 }), ...normalize());
  }
  list.push(
    layers.globalAveragePooling2d({ name: name('global_average_pooling2d') }),
    layers.dense({ name: name('dense'), units: classes, activation: 'softmax' }),
  );
  return sequential({ name: 'sequential', layers: list });
}
