export { conv2dBackpropFilter, conv2dBackpropInput } from './conv2d';
export { cropChannels, cropImages, padImages, transpose } from './copy';
export { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise';
export { adam, addBias, reluGrad, sumRows, unsortedSegmentSum } from './elementwise';
export { matMul } from './matmul';
export { maxPoolGrad } from './pool';
