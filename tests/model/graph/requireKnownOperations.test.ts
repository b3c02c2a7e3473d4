import { deregisterOp, registerOp } from '@tensorflow/tfjs-converter';
import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { requireKnownOperations } from '../../../src/model/graph/requireKnownOperations';
import { loadGraphModel } from '../../../src/node/loadGraphModel';
import { useFolder } from '../../node/modelFolder';
import { type GraphDef, loadGraph, writeGraph, writeGraphFiles } from './graphDef';

beforeAll(() => useWasmBackend());
afterEach(() => deregisterOp('Telepathy'));

/** An image, an operation of this kind, and one more that its output goes through. */
function graphOf(op: string): GraphDef {
  const { graph, image, node } = writeGraph();
  node('out', 'Relu', [node('middle', op, [image('in', [-1, 2, 2, 1])])]);
  return graph;
}

const MESSAGE =
  'the node "middle" is a "Telepathy", an operation that tfjs-converter does not have; register it with tf.registerOp, or build the network without';

describe('requireKnownOperations', () => {
  it.each(['Relu', 'Sigmoid', 'Identity'])('takes %s', async (op) => {
    const model = await loadGraph(graphOf(op));
    requireKnownOperations(model);
    model.dispose();
  });

  it('names the node of one that there is not', async () => {
    const model = await loadGraph(graphOf('Telepathy'));
    expect(() => requireKnownOperations(model)).toThrow(new Error(MESSAGE));
    model.dispose();
  });

  it('takes one that the app has registered', async () => {
    registerOp('Telepathy', ({ inputs }) => inputs[0]!);
    const model = await loadGraph(graphOf('Telepathy'));
    requireKnownOperations(model);
    model.dispose();
  });

  it('takes one that no output needs', async () => {
    const { graph, image, node } = writeGraph();
    const shown = image('in', [-1, 2, 2, 1]);
    node('aside', 'Telepathy', [shown]);
    node('out', 'Relu', [shown]);
    const model = await loadGraph(graph, { outputs: { out: { name: 'out:0' } } });
    requireKnownOperations(model);
    model.dispose();
  });

  it('quotes no more of a long name than has room', async () => {
    const { graph, image, node } = writeGraph();
    node('n'.repeat(1e4), 'T'.repeat(1e4), [image('in', [-1, 2, 2, 1])]);
    const model = await loadGraph(graph);
    expect(() => requireKnownOperations(model)).toThrow(
      `the node "${'n'.repeat(30)}…${'n'.repeat(29)}" is a "${'T'.repeat(20)}…${'T'.repeat(19)}", an operation that`,
    );
    model.dispose();
  });
});

describe('loadGraphModel', () => {
  const folder = useFolder();

  it('refuses an operation that there is not, and leaves no tensor', async () => {
    const { graph, image, constant, node } = writeGraph();
    const weight = constant('weight', [1], [2]);
    node('out', 'Relu', [node('middle', 'Telepathy', [image('in', [-1, 2, 2, 1]), weight])]);
    await writeGraphFiles(folder.path, graph);
    const before = memory().numTensors;
    await expect(loadGraphModel(folder.path)).rejects.toThrow(
      `path: expected a model that TensorFlow.js can build, got "${folder.path}/model.json": ${MESSAGE}`,
    );
    expect(memory().numTensors).toBe(before);
  });
});
