import type { GraphModel } from '@tensorflow/tfjs-converter';
import { memory, type Tensor } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTorchvision } from '../../../scripts/torchvision.js';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { openModel } from '../../../src/formats/openModel';
import { listLayers } from '../../../src/model/listLayers';
import { visualizeLayers } from '../../../src/visualizeLayers';
import { moduleOf } from './moduleOf';
import { compare, toInput } from './openOnnx';

const torchvision = await startTorchvision();
const skipped = torchvision ? '' : ', which is not installed here';

beforeAll(async () => {
  await useWasmBackend();
});

afterAll(() => torchvision?.stop());

describe.skipIf(!torchvision)(`networks of torchvision${skipped}`, () => {
  const names = torchvision?.names.filter((name) => name !== 'mobilenet_v2_224') ?? ['resnet18'];

  it.each(names)(
    '%s is opened, listed, drawn, and is what PyTorch has',
    { timeout: 120_000 },
    async (name) => {
      const { file, image, output, inner } = await torchvision!.export(name);
      const before = memory().numTensors;
      const opened = await openModel(file);
      try {
        expect(opened.format).toBe('onnx');
        const model = opened.model as GraphModel;
        const given = toInput(image, model.inputs[0]!.shape);
        const within = memory().numTensors;

        const paths = listLayers(opened).map(({ path }) => path);
        const lastOf = new Map(paths.map((path) => [moduleOf(path).replace(/^network\./, ''), path]));
        const nodes = inner.map(({ path }) => lastOf.get(path)!);
        expect(nodes).not.toContain(undefined);

        const results = [model.execute(given, [...nodes, model.outputs[0]!.name])].flat();
        const wanted = [...inner, { path: 'output', right: output }];
        const differences = wanted.map(
          ({ path, right }, index) => [path, compare(results[index]!, right)] as const,
        );
        for (const result of results) result.dispose();
        expect(differences.filter(([, difference]) => !(difference < 1e-4))).toEqual([]);

        const drawn = await visualizeLayers(opened, given);
        // Of a transformer only what cuts the picture into patches is a convolution.
        expect(drawn.length).toBeGreaterThan(/^(vit|swin)/.test(name) ? 0 : 5);
        for (const { layer, output: pixels } of drawn) {
          expect(paths).toContain(layer);
          expect(pixels.data.some((byte, at) => byte !== pixels.data[at % 4])).toBe(true);
        }
        expect(memory().numTensors).toBe(within);
        (given as Tensor).dispose();
      } finally {
        opened.dispose();
      }
      expect(memory().numTensors).toBe(before);
    },
  );
});
