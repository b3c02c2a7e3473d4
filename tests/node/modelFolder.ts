import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach } from 'vitest';

/** A new folder for each test. */
export function useFolder(): { readonly path: string } {
  const folder = { path: '' };
  beforeEach(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'layerscope-'));
  });
  afterEach(() => rm(folder.path, { recursive: true }));
  return folder;
}

/** Every weight's values, by its name in files. */
export function weightsOf(model: LayersModel): Record<string, number[]> {
  return Object.fromEntries(
    model.weights.map((weight) => [weight.originalName, [...weight.read().dataSync()]]),
  );
}

/** What a model computes for numbers that are the same each time. */
export function predict(model: LayersModel): number[] {
  const [, ...shape] = model.inputs[0]!.shape as number[];
  const size = shape.reduce((product, length) => product * length, 1);
  const image = tensor(
    Float32Array.from({ length: size }, (_, at) => Math.sin(at)),
    [1, ...shape],
  );
  const output = model.predict(image) as Tensor;
  const values = [...output.dataSync()];
  image.dispose();
  output.dispose();
  return values;
}

/** Two paths that meet, with a batch normalization, whose moving averages are weights that no training changes. */
export function buildBranches(): LayersModel {
  const image = input({ shape: [8, 8, 2] });
  const left = layers.conv2d({ name: 'left', filters: 3, kernelSize: 3, padding: 'same' }).apply(image);
  const right = layers.batchNormalization({ name: 'right' }).apply(image);
  const both = layers.concatenate({ name: 'both' }).apply([left, right] as never);
  return model({ inputs: image, outputs: both as never });
}

/** One unit: `scale` times the input plus `offset`. */
export function buildLine(scale: number, offset: number): LayersModel {
  const line = sequential({ layers: [layers.dense({ name: 'line', units: 1, inputShape: [1] })] });
  const weights = [tensor([scale], [1, 1]), tensor([offset])];
  line.setWeights(weights);
  for (const weight of weights) weight.dispose();
  return line;
}

/** Reads a model's folder by the format's description alone: the weights follow each other as 32-bit floats. */
export async function readByHand(folder: string): Promise<Record<string, number[]>> {
  const { weightsManifest } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  const found: Record<string, number[]> = {};
  for (const { paths, weights } of weightsManifest) {
    const bytes = Buffer.concat(
      await Promise.all((paths as string[]).map((path) => readFile(join(folder, path)))),
    );
    let at = 0;
    for (const { name, shape } of weights as { name: string; shape: number[] }[]) {
      const size = shape.reduce((product, length) => product * length, 1);
      found[name] = Array.from({ length: size }, (_, index) => bytes.readFloatLE(at + 4 * index));
      at += 4 * size;
    }
    if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes belong to no weight`);
  }
  return found;
}
