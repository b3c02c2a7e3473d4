import { describe, expect, it } from 'vitest';
import { findFullNames } from '../../../src/model/graph/findFullNames';
import { shortenNames } from '../../../src/model/graph/shortenNames';

describe('shortenNames', () => {
  it('leaves out whole parts that all names of several parts begin with', () => {
    expect(
      shortenNames([
        'input_1',
        'StatefulPartitionedCall/resnet50/conv1_conv/Conv2D',
        'StatefulPartitionedCall/resnet50/conv1_relu/Relu',
        'StatefulPartitionedCall/resnet50/conv2_block1_add/add',
        'Identity',
      ]),
    ).toEqual(['input_1', 'conv1_conv/Conv2D', 'conv1_relu/Relu', 'conv2_block1_add/add', 'Identity']);
  });

  it('cuts no part in two', () => {
    expect(shortenNames(['model/conv1/Relu', 'model/conv2/Relu'])).toEqual(['conv1/Relu', 'conv2/Relu']);
  });

  it('keeps the last part where there is no other', () => {
    expect(shortenNames(['model/conv/Relu'])).toEqual(['Relu']);
    expect(shortenNames(['model/conv', 'model/conv/Relu'])).toEqual(['conv', 'Relu']);
  });

  it('leaves out what a name has before those of its part, and the slash that ONNX begins with', () => {
    expect(shortenNames(['a/Mul', 'a/net/x/Relu', 'a/net/y/Relu'])).toEqual(['Mul', 'x/Relu', 'y/Relu']);
    expect(shortenNames(['image', '/stem/Conv', '/head/Gemm'])).toEqual(['image', 'stem/Conv', 'head/Gemm']);
  });

  it('keeps a name that would become another one', () => {
    expect(shortenNames(['Relu', 'net/Relu', 'net/Mul'])).toEqual(['Relu', 'net/Relu', 'Mul']);
    expect(shortenNames(['a/x', 'a/b/x', 'a/b/y'])).toEqual(['a/x', 'a/b/x', 'y']);
  });

  it('has nothing to do where nothing is common', () => {
    expect(shortenNames([])).toEqual([]);
    expect(shortenNames(['a/x', 'b/x', 'c'])).toEqual(['a/x', 'b/x', 'c']);
    expect(shortenNames(['conv1', 'conv2'])).toEqual(['conv1', 'conv2']);
  });
});

describe('findFullNames', () => {
  const names = ['x', 'net/x', 'net/one/Relu', 'net/two/Relu'];

  it('finds short names, full ones first, and leaves others', () => {
    expect(findFullNames(names, ['one/Relu', 'net/two/Relu', 'x', 'three'])).toEqual([
      'net/one/Relu',
      'net/two/Relu',
      'x',
      'three',
    ]);
  });
});
