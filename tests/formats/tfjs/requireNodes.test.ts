import { expect, it } from 'vitest';
import { requireNodes } from '../../../src/formats/tfjs/requireNodes';

const node = (name: string, op: string, input: string[], attr: object = {}) => ({ name, op, input, attr });
const image = node('in', 'Placeholder', [], { shape: { shape: { dim: [{ size: '-1' }, { size: '8' }] } } });

it('takes a graph in any order, control inputs and loops', () => {
  requireNodes({
    node: [
      node('next', 'NextIteration', ['merge']),
      node('merge', 'Merge', ['in', 'next:1']),
      node('loop', 'LoopCond', ['merge']),
      node('wait', 'NoOp', ['^in']),
      image,
    ],
  });
});

it.each<[string, unknown[], string]>([
  ['a circle', [node('a', 'Relu', ['b']), node('b', 'Relu', ['a'])], 'which waits for it in a circle'],
  ['what is not there', [node('a', 'Relu', ['b:1'])], 'the node "a" reads "b:1", which is none'],
  ['a name of objects', [node('__proto__', 'Relu', ['in'])], 'the node "__proto__" has a name that'],
  ['one name twice', [image, image], 'two nodes called "in"'],
  [
    'a dilation without measure',
    [image, node('a', 'Conv2D', ['in'], { dilations: { list: { i: ['1', '1000000000'] } } })],
    'the node "a" ("Conv2D"): expected 1 to 4096 as "dilations", got "1000000000"',
  ],
  [
    'an infinite number',
    [node('a', 'LeakyRelu', [], { alpha: { f: Infinity } })],
    'expected a finite number as "alpha"',
  ],
  [
    'an input of no size',
    [node('a', 'Placeholder', [], { shape: { shape: { dim: [{ size: '0' }] } } })],
    'expected sizes of at least 1 as "shape", got "0"',
  ],
  ['a loop without end', [node('a', 'Const', []), node('l', 'LoopCond', ['a'])], 'the loop at the node "l"'],
])('refuses %s', (_, nodes, message) => {
  expect(() => requireNodes({ node: nodes })).toThrow(message);
});
