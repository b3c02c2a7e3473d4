import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { useWasmBackend } from '../src/backend/useWasmBackend';
import { buildArticleCnn } from '../src/model/article/buildArticleCnn';
import { readFloats, referenceShape } from './reference';

/** The article's network with the weights that PyTorch computed the reference activations with. */
export async function loadReferenceModel(): Promise<LayersModel> {
  await useWasmBackend();
  const model = buildArticleCnn({ seed: 0 });
  tidy(() => {
    const names = model.weights.map(({ originalName }) => `weights.${originalName.replace('/', '.')}`);
    model.setWeights(names.map((name) => tensor(readFloats(name), referenceShape(name))));
  });
  return model;
}
