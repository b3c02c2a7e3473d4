import { io, memory } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { zipSync } from 'fflate';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { openModel } from '../../src/formats/openModel';
import h5Url from '../fixtures/keras/files/nested.keras2.h5?url';
import onnxUrl from '../fixtures/onnx/audio.onnx?url';

let files: File[];
let before: number;

beforeAll(async () => {
  await useWasmBackend();
  const model = sequential({
    name: 'small',
    layers: [
      layers.conv2d({ inputShape: [6, 6, 1], filters: 2, kernelSize: 3 }),
      layers.flatten(),
      layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
  files = await save(model);
  model.dispose();
});
beforeEach(() => {
  before = memory().numTensors;
});

/** The two files that TensorFlow.js has the reader save in a browser. */
async function save(model: LayersModel): Promise<File[]> {
  const saved: File[] = [];
  await model.save(
    io.withSaveHandler(async ({ weightData, weightSpecs: weights, ...json }) => {
      const weightsManifest = [{ paths: ['./small.weights.bin'], weights }];
      saved.push(new File([JSON.stringify({ ...json, weightsManifest })], 'small.json'));
      saved.push(new File([[weightData].flat()[0] as ArrayBuffer], 'small.weights.bin'));
      return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON({}) };
    }),
  );
  return saved;
}

async function expectFormat(source: Parameters<typeof openModel>[0], format: string): Promise<void> {
  const opened = await openModel(source);
  expect(opened.format).toBe(format);
  opened.dispose();
  expect(memory().numTensors).toBe(before);
}

it('opens the files of an input, and those that are dropped', async () => {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true });
  input.files = transfer.files;
  expect(input.files).toBeInstanceOf(FileList);
  await expectFormat(input.files, 'tfjs-layers');
  const dropped = new DragEvent('drop', { dataTransfer: transfer }).dataTransfer!.files;
  await expectFormat(dropped, 'tfjs-layers');
});

it('opens an archive as a File, a Blob and the address of one', async () => {
  const entries = await Promise.all(
    files.map(async (file) => [`folder/${file.name}`, new Uint8Array(await file.arrayBuffer())] as const),
  );
  const blob = new Blob([zipSync(Object.fromEntries(entries)) as BlobPart]);
  await expectFormat(blob, 'tfjs-layers');
  await expectFormat(new File([blob], 'small.zip'), 'tfjs-layers');
});

it('opens what is at an address, which may begin at that of the page', async () => {
  const told: number[] = [];
  const opened = await openModel(h5Url, { onProgress: (loaded) => told.push(loaded) });
  expect(opened.format).toBe('hdf5');
  opened.dispose();
  expect(told.at(-1)).toBeGreaterThan(1000);
  await expectFormat(new URL(onnxUrl, location.href), 'onnx');
});

it('ends where a file can no longer be read', async () => {
  const gone = new File(['{'], 'model.json');
  Object.assign(gone, {
    arrayBuffer: () =>
      Promise.reject(new DOMException('A requested file could not be found.', 'NotFoundError')),
  });
  await expect(openModel(gone)).rejects.toThrow(
    'source: expected a model.json that can be read, got "model.json" (A requested file could not be found.)',
  );
  expect(memory().numTensors).toBe(before);
});
