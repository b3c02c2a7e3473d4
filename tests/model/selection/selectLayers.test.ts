import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { listUses } from '../../../src/model/layers/listUses';
import { type LayerSelector, selectLayers } from '../../../src/model/selection/selectLayers';

function build() {
  return sequential({
    layers: [
      layers.conv2d({ name: 'block1_conv', inputShape: [8, 8, 1], filters: 2, kernelSize: 3 }),
      layers.activation({ name: 'relu', activation: 'relu' }),
      layers.conv2d({ name: 'block2_conv', filters: 2, kernelSize: 3 }),
      layers.flatten({ name: 'flatten' }),
    ],
  });
}

const LIST =
  'the model has "block1_conv" (Conv2D, [?, 6, 6, 2], 20 parameters), "relu" (Activation, [?, 6, 6, 2]), ' +
  '"block2_conv" (Conv2D, [?, 4, 4, 2], 38 parameters), "flatten" (Flatten, [?, 32])';

describe('selectLayers', () => {
  beforeAll(() => useWasmBackend());

  it.each<[LayerSelector, string[]]>([
    ['conv', ['block1_conv', 'block2_conv']],
    ['relu', ['relu']],
    ['', ['block1_conv', 'relu', 'block2_conv', 'flatten']],
    [/^block\d/, ['block1_conv', 'block2_conv']],
    [/conv/g, ['block1_conv', 'block2_conv']],
    [/CONV$/i, ['block1_conv', 'block2_conv']],
    [
      ['flatten', 'block1_conv'],
      ['flatten', 'block1_conv'],
    ],
    [(layer) => layer.getClassName() === 'Conv2D', ['block1_conv', 'block2_conv']],
    [(layer) => layer.name !== 'relu', ['block1_conv', 'block2_conv', 'flatten']],
  ])('%s selects %j', (selector, names) => {
    expect(selectLayers(listUses(build()).uses, selector).map(({ path }) => path)).toEqual(names);
  });

  it.each<[LayerSelector, string]>([
    ['pool', `layers: expected to match a layer, got a name containing "pool"; ${LIST}`],
    [/pool/, `layers: expected to match a layer, got /pool/; ${LIST}`],
    [() => false, `layers: expected to match a layer, got a function that chose none; ${LIST}`],
    [[], `layers: expected at least one name, got none; ${LIST}`],
    [['relu', 'pool'], `layers[1]: expected the name of a layer, got "pool"; ${LIST}`],
    [['conv'], `layers[0]: expected the name of a layer, got "conv"; ${LIST}`],
    [['relu', 'relu'], 'layers[1]: expected every name once, got "relu" again'],
  ])('refuses %s', (selector, message) => {
    expect(() => selectLayers(listUses(build()).uses, selector)).toThrow(RangeError);
    expect(() => selectLayers(listUses(build()).uses, selector)).toThrow(message);
  });

  it.each<[unknown, string]>([
    [7, 'layers: expected part of a name, a regular expression, an array of names or a function, got 7'],
    [
      null,
      'layers: expected part of a name, a regular expression, an array of names or a function, got null',
    ],
    [[1], "layers[0]: expected a layer's name, got 1"],
  ])('refuses %j as no selector', (selector, message) => {
    expect(() => selectLayers(listUses(build()).uses, selector as never)).toThrow(TypeError);
    expect(() => selectLayers(listUses(build()).uses, selector as never)).toThrow(message);
  });
});
