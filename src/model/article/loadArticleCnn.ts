import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ensureBackend } from '../../backend/ensureBackend';
import { decodeBase64 } from '../../common/decodeBase64';
import { buildArticleCnn } from './buildArticleCnn';

/**
 * Builds the article's network (see {@link buildArticleCnn}) with the trained weights that this package ships, from a
 * module of its own that is loaded here and needs no path. Sets up the WASM SIMD backend unless the app has set one.
 *
 * @returns A model that the caller disposes.
 */
export async function loadArticleCnn(): Promise<LayersModel> {
  const [{ articleWeights }] = await Promise.all([import('./articleWeights.generated'), ensureBackend()]);
  const bytes = decodeBase64(articleWeights);
  const model = buildArticleCnn({ seed: 0 });
  // Little-endian, as every machine that runs WebAssembly is, one weight after the other in the model's order.
  const values = new Float32Array(bytes.buffer);
  tidy(() => {
    let at = 0;
    const weights = model.weights.map(({ shape }) => {
      const size = shape.reduce<number>((product, length) => product * length!, 1);
      at += size;
      return tensor(values.subarray(at - size, at), shape as number[]);
    });
    model.setWeights(weights);
  });
  return model;
}
