import { describe, expect, it } from 'vitest';
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

describe('functions of the library', () => {
  const write = (name: string, nodeDef: unknown[], end: string) => ({
    signature: { name, inputArg: [{ name: 'i', type: 'DT_INT32' }], outputArg: [{ name: 'out' }] },
    nodeDef,
    ret: { out: `${end}:z:0` },
  });
  const loop = (cond: string, body: string) =>
    node('loop', 'StatelessWhile', ['in'], {
      cond: { func: { name: cond } },
      body: { func: { name: body } },
    });
  const three = node('three', 'Const', []);
  const library = {
    function: [
      write('less', [three, node('less', 'Less', ['i', 'three'])], 'less'),
      write('ever', [three, node('same', 'Less', ['three', 'three'])], 'same'),
      write('next', [three, node('sum', 'AddV2', ['i', 'three'])], 'sum'),
      write('turn', [node('a', 'Relu', ['b']), node('b', 'Relu', ['a'])], 'a'),
    ],
  };
  const [less, ever, next, turn] = library.function;

  it('are taken', () => {
    requireNodes({ node: [image, loop('less', 'next')], library: { function: [less, next] } });
  });

  it.each([
    [
      'a loop without end',
      loop('ever', 'next'),
      [ever, next],
      'the loop at the node "loop" depends on nothing',
    ],
    ['what is not there', loop('less', 'none'), [less], 'the node "loop" runs "none" as "body", which is no'],
    ['a circle', loop('less', 'turn'), [less, turn], 'in the function "turn": the node "'],
  ])('are refused: %s', (_, written, functions, message) => {
    expect(() => requireNodes({ node: [image, written], library: { function: functions } })).toThrow(message);
  });
});
