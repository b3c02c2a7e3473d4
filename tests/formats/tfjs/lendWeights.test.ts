import { readFileSync } from 'node:fs';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, memory, ones, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { convertOnnxModel } from '../../../src/formats/onnx/convertOnnxModel';
import { openModel } from '../../../src/formats/openModel';

const file = readFileSync(new URL('../../fixtures/onnx/resnet.onnx', import.meta.url));

beforeAll(() => useWasmBackend());

describe('a graph model whose weights have been read one by one', () => {
  it('is what one of a block of weights is, and is saved as that', async () => {
    const before = memory().numTensors;
    const opened = await openModel(file);
    const saved: io.ModelArtifacts[] = [];
    await (opened.model as GraphModel).save(
      io.withSaveHandler(async (artifacts) => {
        saved.push(artifacts);
        return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
      }),
    );
    const converted = convertOnnxModel(file);
    expect(saved[0]!.weightSpecs).toEqual(converted.weightSpecs);
    expect(new Uint8Array(saved[0]!.weightData as ArrayBuffer)).toEqual(
      new Uint8Array(converted.weightData as ArrayBuffer),
    );

    const again = await loadGraphModel(io.fromMemory({ ...saved[0]! }));
    const image = ones([1, ...again.inputs[0]!.shape!.slice(1)]);
    const outputs = [opened.model as GraphModel, again].map((model) => model.predict(image) as Tensor);
    expect(outputs[1]!.dataSync()).toEqual(outputs[0]!.dataSync());
    for (const each of [image, ...outputs]) each.dispose();
    again.dispose();
    opened.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('does not change with the bytes that it was opened from', async () => {
    const bytes = new Uint8Array(file);
    const [opened, other] = [await openModel(bytes), await openModel(file)];
    bytes.fill(0);
    const [values, right] = [opened, other].map(({ model }) =>
      Object.values((model as GraphModel).weights).map(([weight]) => weight!.dataSync()),
    );
    expect(values).toEqual(right);
    other.dispose();
    opened.dispose();
  });
});
