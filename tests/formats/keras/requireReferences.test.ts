import { describe, expect, it } from 'vitest';
import { requireReferences } from '../../../src/formats/keras/requireReferences';

const layer = (name: string, nodes: unknown, className = 'Dense') => ({
  class_name: className,
  name,
  config: { name },
  inbound_nodes: nodes,
});

/** An input and the layers behind it. */
const model = (layers: unknown[], ends: unknown = [['a', 0, 0]]) => ({
  class_name: 'Functional',
  config: {
    name: 'm',
    layers: [layer('in', [], 'InputLayer'), ...layers],
    input_layers: [['in', 0, 0]],
    output_layers: ends,
  },
});

describe('requireReferences', () => {
  it('takes layers in any order, shared ones, and keys in either way of writing', () => {
    const shared = layer('a', [[['in', 0, 0]], [['b', 0, 0]]]);
    requireReferences(model([layer('b', [[['a', 0, 0, {}]]]), shared], [['a', 1, 0]]));
    const { inbound_nodes: inboundNodes, class_name: className, ...rest } = layer('a', [[['in', 0, 0]]]);
    requireReferences(model([{ ...rest, inboundNodes, className }]));
  });

  it.each<[string, unknown[], string]>([
    [
      'a use that never comes',
      [layer('a', [[['in', 1, 0]]])],
      'the layer "a" reads use 1 of "in", which has 1',
    ],
    ['itself', [layer('a', [[['a', 0, 0]]])], 'the layer "a" reads what it puts out itself'],
    [
      'a circle',
      [layer('a', [[['b', 0, 0]]]), layer('b', [[['a', 0, 0]]])],
      '", which waits for it in a circle',
    ],
    ['a number', [layer('a', [[[3, 0, 0]]])], 'the layer "a" reads 3; expected [layer, use, output]'],
    ['no use', [layer('a', [[['in']]])], 'the layer "a" reads use undefined and output undefined of "in"'],
    [
      'a layer that is not there',
      [layer('a', [[['b', 0, 0]]])],
      'the layer "a" reads "b", which is no layer',
    ],
    ['an output too many', [layer('a', [[['in', 0, 1]]])], 'the layer "a" reads output 1 of "in"'],
    ['no name', [{ ...layer('a', []), name: undefined }], 'layer 1 of the model: expected a name'],
    ['one name twice', [layer('a', []), layer('a', [])], 'the model has two layers called "a"'],
    ['a name of objects', [layer('constructor', [])], 'the layer "constructor" has a name that'],
    ['a list that is none', [layer('a', 'in')], 'the layer "a": expected a list as inbound_nodes, got "in"'],
    ['an end that is not used', [layer('a', [])], 'the model ends at use 0 of "a", which has 0'],
  ])('refuses %s', (_, layers, message) => {
    expect(() => requireReferences(model(layers))).toThrow(message);
    // Inside of another layer, and inside of one that runs it, the same.
    const inside = { ...model(layers), name: 'inner', inbound_nodes: [[['in', 0, 0]]] };
    expect(() => requireReferences(model([inside]))).toThrow(Error);
  });

  it('names the model inside', () => {
    const inner = { ...model([], [['lost', 0, 0]]), name: 'inner', inbound_nodes: [] };
    Object.assign(inner.config, { name: 'inner' });
    expect(() => requireReferences(model([inner], [['inner', 0, 0]]))).toThrow(
      'the layer "inner" ends at "lost", which is no layer of it',
    );
  });
});
