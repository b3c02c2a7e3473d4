// Trains the network away from the page, which stays free to draw.
import { buildArticleCnn, useWasmBackend } from 'layerscope';
import { drawDigits } from 'layerscope/data';
import { trainArticleCnn } from 'layerscope/training';
import { copyWeights, setWeights } from './weights.js';

/** Digits that are drawn between two words to the page. */
const PART = 500;

/** Whether the page has drawn the last weights and can take others. */
let pageIsFree = true;

self.addEventListener('message', ({ data }) => {
  if (data.type === 'start')
    train(data).catch((error) => self.postMessage({ type: 'failed', text: error.message }));
  else pageIsFree = true;
});

async function train({ weights, count, epochs, seed }) {
  await useWasmBackend();
  const digits = drawInParts(count, seed);
  const model = buildArticleCnn();
  setWeights(model, weights);
  // A batch's own numbers follow from the means over the epoch so far.
  let before = { loss: 0, accuracy: 0, batch: 0 };
  await trainArticleCnn(digits, {
    model,
    epochs,
    seed,
    onBatch({ epoch, batch, batches, loss, accuracy }) {
      if (batch === 1) before = { loss: 0, accuracy: 0, batch: 0 };
      const ofBatch = (mean, meanBefore) => mean * batch - meanBefore * before.batch;
      self.postMessage({
        type: 'batch',
        done: (epoch - 1) * batches + batch,
        total: epochs * batches,
        loss: ofBatch(loss, before.loss),
        accuracy: ofBatch(accuracy, before.accuracy),
      });
      before = { loss, accuracy, batch };
      if (pageIsFree) sendWeights(model);
    },
    onEpoch: ({ validationAccuracy }) => self.postMessage({ type: 'epoch', accuracy: validationAccuracy }),
  });
  sendWeights(model);
  self.postMessage({ type: 'done' });
}

/** @param {number} count a multiple of {@link PART} */
function drawInParts(count, seed) {
  const [images, labels] = [new Uint8Array(count * 28 * 28), new Uint8Array(count)];
  for (let start = 0; start < count; start += PART) {
    const part = drawDigits(PART, { seed: seed + start });
    images.set(part.images, start * 28 * 28);
    labels.set(part.labels, start);
    self.postMessage({ type: 'digits', share: (start + PART) / count });
  }
  return { count, height: 28, width: 28, images, labels };
}

function sendWeights(model) {
  pageIsFree = false;
  const weights = copyWeights(model);
  self.postMessage(
    { type: 'weights', weights },
    weights.map(({ buffer }) => buffer),
  );
}
