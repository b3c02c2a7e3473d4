import { readFileSync } from 'node:fs';
import { io, randomUniform, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { writeZip } from '../common/zip/zipFile';

export type Files = Record<string, Uint8Array>;

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
export const encodeJson = (value: unknown): Uint8Array => encode(JSON.stringify(value));

/** The files that `model.save` of TensorFlow.js makes of a model. */
export async function saveFiles(model: LayersModel, weights = 'weights.bin'): Promise<Files> {
  const files: Files = {};
  const handler = io.withSaveHandler(async ({ weightData, weightSpecs = [], ...json }) => {
    files[weights] = new Uint8Array([weightData].flat()[0] as ArrayBuffer);
    files['model.json'] = encodeJson({
      ...json,
      weightsManifest: [{ paths: [weights], weights: weightSpecs }],
    });
    return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON({}) };
  });
  await model.save(handler);
  return files;
}

/** A classifier of three classes for images of 6 × 5, whose first layer only adds what it is given up. */
export function buildClassifier(channels = 1): LayersModel {
  const model = sequential({
    name: 'small',
    layers: [
      layers.conv2d({ name: 'first', inputShape: [6, 5, channels], filters: 2, kernelSize: 3 }),
      layers.flatten({ name: 'flat' }),
      layers.dense({ name: 'classes', units: 3, activation: 'softmax' }),
    ],
  });
  setSines(model);
  return model;
}

/** In the layout of Teachable Machine: a MobileNet and the mean of its maps, and behind it what it has learnt. */
export function buildTeachable(): LayersModel {
  const network = sequential({
    name: 'mobile',
    layers: [
      layers.conv2d({ name: 'Conv1', inputShape: [8, 8, 3], filters: 2, kernelSize: 3, strides: 2 }),
      layers.depthwiseConv2d({ name: 'expanded_conv_depthwise', kernelSize: 2 }),
    ],
  });
  const features = sequential({
    name: 'features',
    layers: [network, layers.globalAveragePooling2d({ name: 'mean' })],
  });
  const classifier = sequential({
    name: 'classifier',
    layers: [
      layers.dense({ name: 'hidden', inputShape: [2], units: 4, activation: 'relu' }),
      layers.dense({ name: 'last', units: 2, activation: 'softmax', useBias: false }),
    ],
  });
  const model = sequential({ name: 'teachable', layers: [features, classifier] });
  setSines(model);
  return model;
}

function setSines(model: LayersModel): void {
  const weights = model.getWeights().map(({ shape, size }, index) =>
    tensor(
      Float32Array.from({ length: size }, (_, at) => Math.sin(at + index)),
      shape,
    ),
  );
  model.setWeights(weights);
  for (const weight of weights) weight.dispose();
}

/** `metadata.json` as Teachable Machine 2.4 writes it. */
export const METADATA = {
  tfjsVersion: '1.7.4',
  tmVersion: '2.4.5',
  packageVersion: '0.8.5',
  packageName: '@teachablemachine/image',
  timeStamp: '2024-01-01T00:00:00.000Z',
  userMetadata: {},
  modelName: 'tm-my-image-model',
  labels: ['Cat', 'Dog'],
  imageSize: 8,
};

/** A ZIP archive. */
export function zip(files: Files, isDeflated = true): Uint8Array {
  return writeZip(Object.entries(files).map(([name, content]) => ({ name, content, isDeflated })));
}

/** A file of `tests/fixtures`. */
export function readFixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../fixtures/${path}`, import.meta.url)));
}

/** What a layers model puts out for an image of numbers that are the same each time. */
export function predict(model: LayersModel): number[] {
  const [, ...shape] = model.inputs[0]!.shape as number[];
  const image = randomUniform([1, ...shape], 0, 1, 'float32', 7);
  const output = model.predict(image) as Tensor;
  const values = [...output.dataSync()];
  image.dispose();
  output.dispose();
  return values;
}
