import { describe, expect, it } from 'vitest';
import type { Hdf5Dataset } from '../../../src/formats/hdf5/Hdf5';
import { listPlaces } from '../../../src/formats/keras/listPlaces';
import { matchWeights } from '../../../src/formats/keras/matchWeights';

const layer = (className: string, name: string, config: object = {}) => ({
  class_name: className,
  config: { name, ...config },
});
const model = (name: string, ...layers: object[]) => layer('Sequential', name, { layers });
const dense = (name: string, config: object = {}) =>
  layer('Dense', name, { units: 2, use_bias: false, ...config });

/** Arrays that are told apart by their place in the list alone. */
const give = (...paths: string[]) =>
  paths.map((path, index) => {
    const dataset: Hdf5Dataset = {
      kind: 'dataset',
      attributes: new Map(),
      shape: [index, 2],
      type: undefined,
      copyTo: () => undefined,
      view: () => undefined,
    };
    return { path, dataset };
  });

/** Which array, by its place in the list, is which weight. */
function match(written: object, paths: readonly string[]): Record<string, number> {
  const [places] = listPlaces(model('outer', written));
  const matched = matchWeights(places!, give(...paths));
  return Object.fromEntries(matched.map(({ name, dataset }) => [name, dataset.shape[0]!]));
}

describe('the weights of a model inside', () => {
  const inside = model('inside', model('deep', dense('a'), dense('b')), dense('c'));

  it('go by the names of their layers, in whatever order', () => {
    expect(match(inside, ['c/kernel', 'deep/b/kernel', 'a/kernel'])).toEqual({
      'a/kernel': 2,
      'b/kernel': 1,
      'c/kernel': 0,
    });
  });

  it('go by their order where the names are those of another model', () => {
    expect(match(inside, ['a_1/kernel', 'b_1/kernel', 'dense_7/kernel_1'])).toEqual({
      'a/kernel': 0,
      'b/kernel': 1,
      'c/kernel': 2,
    });
  });

  it('go by their order with those that are not trained behind the others', () => {
    const frozen = model('inside', dense('a', { trainable: false }), dense('b'));
    expect(match(frozen, ['x/kernel', 'y/kernel'])).toEqual({ 'a/kernel': 1, 'b/kernel': 0 });
  });

  it('are refused where they are not as many, or others', () => {
    expect(() => match(inside, ['a/kernel', 'b/kernel'])).toThrow(
      'the layer "inside": expected 3 weights, got 2; take the weights of this model, or save it again',
    );
    expect(() => match(inside, ['a/kernel', 'b/kernel', 'c/kernel', 'c/bias'])).toThrow(
      'the layer "inside" has no weight "c/bias", which the file has',
    );
    expect(() => match(inside, ['a/gamma', 'b/gamma', 'c/gamma'])).toThrow(
      'the layer "inside" has no kernel in the weights',
    );
  });
});

it('takes the kernel of a depthwise convolution for what it is', () => {
  const depthwise = layer('DepthwiseConv2D', 'd', { use_bias: false });
  const [places] = listPlaces(model('outer', depthwise));
  const [given] = give('d/kernel');
  const dataset = { ...given!.dataset, shape: [3, 3, 4, 1] };
  expect(matchWeights(places!, [{ path: 'd/kernel', dataset }])).toEqual([
    { name: 'd/depthwise_kernel', path: 'd/kernel', dataset },
  ]);
});
