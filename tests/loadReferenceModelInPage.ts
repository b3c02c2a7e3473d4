import { tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { buildArticleCnn } from '../src/model/article/buildArticleCnn';

const weightUrls = import.meta.glob('./fixtures/article-cnn/weights.*.bin', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The network with the weights that PyTorch computed the reference numbers with, on the backend in use. */
export async function loadReferenceModelInPage(): Promise<LayersModel> {
  const model = buildArticleCnn({ seed: 0 });
  const weights = await Promise.all(
    model.weights.map(async ({ originalName, shape }) => {
      const file = `./fixtures/article-cnn/weights.${originalName.replace('/', '.')}.bin`;
      return tensor(await fetchFloats(weightUrls[file]!), shape as number[]);
    }),
  );
  model.setWeights(weights);
  for (const weight of weights) weight.dispose();
  return model;
}

/** Reads a file of the reference as float32. */
export async function fetchFloats(url: string): Promise<Float32Array> {
  return new Float32Array(await (await fetch(url)).arrayBuffer());
}
