import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { limitLoops } from '../../../src/model/graph/limitLoops';
import { loadGraph, writeGraph } from './graphDef';

beforeAll(() => useWasmBackend());

/** Adds a number to what it is given until that is no longer below ten. */
async function loadLoop(step: number) {
  const { graph, image, constant, node } = writeGraph();
  const type = { T: 'DT_FLOAT' };
  const enter = (name: string, input: string, isConstant: boolean) =>
    node(name, 'Enter', [input], { ...type, frame_name: 'frame', is_constant: isConstant });
  const start = enter('start', image('x', []), false);
  const ten = enter('ten', constant('ten_value', [], [10]), true);
  const by = enter('by', constant('by_value', [], [step]), true);
  const merge = node('merge', 'Merge', [start, 'next'], type);
  const go = node('go', 'LoopCond', [node('less', 'Less', [merge, ten], type)]);
  node('switch', 'Switch', [merge, go], type);
  node('next', 'NextIteration', [node('sum', 'AddV2', ['switch:1', by], type)], type);
  node('out', 'Exit', ['switch'], type);
  return await loadGraph(graph);
}

it('leaves loops alone that end, and the model as it was', async () => {
  const model = await loadLoop(3);
  const x = tensor(2);
  for (let time = 0; time < 2; time++) {
    const out = (await limitLoops(model, () => model.executeAsync({ x }, ['out']), 4)) as Tensor;
    expect(out.dataSync()[0]).toBe(11);
    out.dispose();
  }
  x.dispose();
  model.dispose();
});

it('ends a loop that goes on for ever, by its name', async () => {
  const model = await loadLoop(0);
  const x = tensor(2);
  await expect(limitLoops(model, () => model.executeAsync({ x }, ['out']), 200)).rejects.toThrow(
    new Error('the loop at the node "go" takes more than 200 rounds: expected one that ends'),
  );
  model.dispose();
});

/** The same with functions: one is asked whether to go on, the other adds the value to itself. */
function loadWhile() {
  const type = { type: 'DT_FLOAT' };
  const attr = { T: type };
  const write = (name: string, nodeDef: unknown[], out: string) => ({
    signature: { name, inputArg: [{ name: 'v', ...type }], outputArg: [{ name: 'out', ...type }] },
    nodeDef,
    ret: { out },
  });
  const run = { cond: { func: { name: 'goes_on' } }, body: { func: { name: 'doubles' } } };
  const node = [
    { name: 'x', op: 'Placeholder', input: [], attr: { dtype: type, shape: { shape: { dim: [] } } } },
    {
      name: 'loop',
      op: 'StatelessWhile',
      input: ['x'],
      attr: { ...run, T: { list: { type: ['DT_FLOAT'] } } },
    },
  ];
  const cond = [
    { name: 'square', op: 'Square', input: ['v'], attr },
    { name: 'less', op: 'Less', input: ['v', 'square:y:0'], attr },
  ];
  const library = {
    function: [
      write('goes_on', cond, 'less:z:0'),
      write('doubles', [{ name: 'sum', op: 'AddV2', input: ['v', 'v'], attr }], 'sum:z:0'),
    ],
  };
  return loadGraphModel(
    io.fromMemory({
      modelTopology: { node, library, versions: {} },
      weightSpecs: [],
      weightData: new ArrayBuffer(0),
    }),
  );
}

it('ends such a loop of functions too', async () => {
  const model = await loadWhile();
  for (const [value, rounds] of [
    [0.5, 200],
    [3, 20],
  ] as const) {
    const x = tensor(value);
    const run = limitLoops(model, () => model.executeAsync({ x }, ['loop']), rounds);
    // 0.5 is not below its square; what is above 1 is, for ever.
    if (value < 1) expect(((await run) as Tensor).dataSync()[0]).toBe(0.5);
    else await expect(run).rejects.toThrow('the loop at the node "loop" takes more than 20 rounds');
  }
  model.dispose();
});
