import { readFileSync } from 'node:fs';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { grad, memory, slice, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { readOnnxModel } from '../../../src/formats/onnx/file/readOnnxModel';
import { readNodes } from '../../../src/model/graph/readNodes';
import { registerTrainingKernels } from '../../../src/training/registerTrainingKernels';
import { moduleOf } from './moduleOf';
import { compare, openOnnx, toInput } from './openOnnx';
import { type OnnxResult, runOnnx } from './runOnnx';

interface Reference {
  readonly shape: readonly number[];
  readonly file: string;
  readonly target?: number;
}

interface Network {
  readonly modules: readonly { readonly name: string; readonly kind: string; readonly array: string }[];
  readonly arrays: Readonly<Record<string, Reference>>;
}

const folder = new URL('../../fixtures/onnx/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as {
  readonly networks: Readonly<Record<string, Network>>;
};

function readArray({ file, shape }: Reference): OnnxResult {
  const bytes = readFileSync(new URL(file, folder));
  return { shape, values: new Float32Array(new Uint8Array(bytes).buffer) };
}

beforeAll(async () => {
  await useWasmBackend();
  await registerTrainingKernels();
});

describe.each(Object.entries(manifest.networks))('%s, as PyTorch has it', (name, { modules, arrays }) => {
  const file = new Uint8Array(readFileSync(new URL(`${name}.onnx`, folder)));
  const { graph } = readOnnxModel(file);
  const input = readArray(arrays.input!);
  let model: GraphModel;
  let given: Tensor;
  beforeAll(async () => {
    model = await openOnnx(file);
    given = toInput(input, model.inputs[0]!.shape);
  });
  afterAll(() => {
    given.dispose();
    model.dispose();
  });

  it('puts out what the network does', () => {
    const wanted = readArray(arrays.output!);
    const output = model.predict(given) as Tensor;
    expect(compare(output, wanted)).toBeLessThan(1e-4);
    output.dispose();
  });

  it('has what the network has inside of it', () => {
    const nodes = readNodes(model).map((node) => node.name);
    const byModule = new Map(nodes.map((node) => [moduleOf(node), node]));
    const compared = modules.flatMap(({ name: path, kind, array }, index) => {
      // The exporter puts a batch normalization into the convolution before it.
      if (modules[index + 1]?.kind.startsWith('BatchNorm')) return [];
      const node = byModule.get(kind.startsWith('BatchNorm') ? modules[index - 1]!.name : path)!;
      return [{ path, node, right: readArray(arrays[array]!) }];
    });
    const outputs = [
      model.execute(
        { image: given },
        compared.map(({ node }) => node),
      ),
    ].flat();
    const wrong = compared.filter(({ right }, index) => !(compare(outputs[index]!, right) < 1e-4));
    for (const output of outputs) output.dispose();
    expect(wrong).toEqual([]);
    expect(compared.length).toBeGreaterThan(2);
  });

  it('has in each node what onnxruntime has', async () => {
    const nodes = readNodes(model);
    const byNode = new Map(graph.nodes.map((node) => [node.name, node.outputs[0]!]));
    const wanted = nodes.flatMap((node) => (byNode.has(node.name) ? [node.name] : []));
    const right = await runOnnx(
      file,
      { image: input },
      wanted.map((node) => byNode.get(node)!),
    );
    const outputs = [model.execute({ image: given }, wanted)].flat();
    const differences = wanted.map((node, index) => {
      const reference = right.get(byNode.get(node)!)!;
      return { node, isRight: compare(outputs[index]!, reference) < 1e-4 };
    });
    expect(differences.filter(({ isRight }) => !isRight)).toEqual([]);
    // Nothing but the input is shown that the file does not have.
    expect(nodes.map((node) => node.name).filter((node) => !byNode.has(node))).toEqual(['image']);
    for (const output of outputs) output.dispose();
  });

  it.runIf(arrays.gradient)('has its gradient', () => {
    const wanted = readArray(arrays.gradient!);
    const target = arrays.gradient!.target!;
    const before = memory().numTensors;
    const first = slice(
      given,
      given.shape.map(() => 0),
      [1, ...given.shape.slice(1)],
    );
    const gradient = tidy(() =>
      grad((image) => sum(slice(model.execute({ image }) as Tensor, [0, target], [1, 1])))(first),
    );
    expect(compare(gradient, wanted)).toBeLessThan(1e-4);
    first.dispose();
    gradient.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
