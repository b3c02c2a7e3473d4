// The digits to train on and to test with: MNIST, or drawn from strokes.
import { setImmediate } from 'node:timers/promises';
import { drawDigits, loadMnist } from 'layerscope/data';

/** How many images MNIST has to train with. */
const MNIST_COUNT = 60_000;

/**
 * @param {{ data?: string, test?: string, limit?: number, seed: number, signal: AbortSignal }} options `data` is a
 * folder, `'strokes'`, or nothing for MNIST from the cache or the network, and strokes where neither has it; `test` is a
 * folder with MNIST to test on whatever was trained on
 * @returns name and images; nothing if the signal stopped it
 */
export async function loadDigits({ data, test, limit = MNIST_COUNT, seed, signal }) {
  const ownTest = test === undefined ? undefined : (await readFolder('--test', test, signal))?.test;
  if (signal.aborted) return undefined;
  if (data !== 'strokes') {
    const mnist = await findMnist(data, signal);
    if (signal.aborted) return undefined;
    if (mnist) {
      const images = takeFirst(mnist.train, limit);
      return { name: 'MNIST', testName: 'MNIST', train: images, test: ownTest ?? mnist.test };
    }
  }
  console.log(`drawing ${limit} digits from strokes …`);
  const train = drawDigits(limit, { seed });
  // Another seed: none of these has been trained on. As many for each to train on as MNIST has.
  const fresh = ownTest ?? drawDigits(Math.ceil(limit / 6), { seed: seed + 1 });
  // Drawing leaves no time to notice Ctrl-C.
  await setImmediate();
  if (signal.aborted) return undefined;
  return { name: 'drawn digits', testName: ownTest ? 'MNIST' : 'drawn digits', train, test: fresh };
}

async function findMnist(directory, signal) {
  if (directory !== undefined) return readFolder('--data', directory, signal);
  const line = process.stdout.isTTY ? process.stdout : { write() {} };
  const files = new Map();
  const onProgress = ({ file, received }) => {
    files.set(file, received);
    const bytes = [...files.values()].reduce((sum, count) => sum + count, 0);
    line.write(`\rdownloading MNIST: ${(bytes / 1e6).toFixed(1)} MB\x1b[K`);
  };
  try {
    return await loadMnist({ signal, onProgress });
  } catch (error) {
    if (signal.aborted) return undefined;
    line.write('\r\x1b[K');
    console.log(`MNIST is not in the cache and could not be downloaded: ${error.message}`);
    console.log('Training on digits drawn from strokes instead. With MNIST on disk, say --data DIR.');
    return undefined;
  } finally {
    line.write('\r\x1b[K');
  }
}

/** Nothing if the signal stopped it. */
function readFolder(option, directory, signal) {
  return loadMnist({ directory, signal }).catch((error) => {
    if (signal.aborted) return undefined;
    throw new Error(error.message.replace(/^directory:/, `${option}:`), { cause: error });
  });
}

function takeFirst(digits, limit) {
  const count = Math.min(limit, digits.count);
  const size = digits.height * digits.width;
  return {
    ...digits,
    count,
    images: digits.images.subarray(0, count * size),
    labels: digits.labels.subarray(0, count),
  };
}
