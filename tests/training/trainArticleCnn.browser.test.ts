import { getBackend } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { drawDigits } from '../../src/data/drawDigits';
import { trainArticleCnn } from '../../src/training/trainArticleCnn';

it('trains on a page, which stays responsive', async () => {
  let frames = 0;
  let stopped = false;
  const count = () => {
    frames++;
    if (!stopped) requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  const data = drawDigits(640, { seed: 1 });
  const { model, history } = await trainArticleCnn(data, { epochs: 3, seed: 1, learningRate: 0.004 });
  stopped = true;
  expect(getBackend()).toBe('wasm');
  expect(history[2]!.loss).toBeLessThan(history[0]!.loss / 1.5);
  expect(frames).toBeGreaterThan(3);
  model.dispose();
});
