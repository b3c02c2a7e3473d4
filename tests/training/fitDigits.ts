import { tensor } from '@tensorflow/tfjs-core';
import { drawDigit } from '../../src/data/drawDigit';
import { buildArticleCnn } from '../../src/model/article/buildArticleCnn';
import { registerTrainingKernels, type TrainingPath } from '../../src/training/registerTrainingKernels';

/** Trains the article's network on 320 drawn digits: the loss of each of ten batches, and the way that it was done. */
export async function fitDigits(options: {
  binary: boolean;
}): Promise<{ path: TrainingPath; losses: number[] }> {
  const path = await registerTrainingKernels(options);
  const model = buildArticleCnn({ seed: 2 });
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  const pixels = Array.from({ length: 320 }, (_, at) => [...drawDigit(at % 10, { seed: at }).data]).flat();
  const x = tensor(
    Float32Array.from(pixels, (byte) => byte / 255),
    [320, 28, 28, 1],
  );
  const y = tensor(Float32Array.from({ length: 320 }, (_, at) => at % 10));
  const losses: number[] = [];
  await model.fit(x, y, {
    batchSize: 32,
    epochs: 1,
    shuffle: false,
    callbacks: { onBatchEnd: async (_batch, logs) => void losses.push(logs!.loss!) },
  });
  for (const tensors of [x, y]) tensors.dispose();
  model.dispose();
  return { path, losses };
}
