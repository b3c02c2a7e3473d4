// The article's training: a small network learns to read digits, and its feature maps are drawn before and after.
//
//   node examples/train.js [--data DIR | --data strokes] [--epochs 3] [--out DIR]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildArticleCnn, useWasmBackend } from 'layerscope';
import { saveModel } from 'layerscope/node';
import { evaluateClassifier, trainArticleCnn } from 'layerscope/training';
import { drawMaps } from './drawMaps.js';
import { loadDigits } from './loadDigits.js';
import { createProgress, formatShare } from './progressLine.js';

const HELP = `Trains the article's network to read digits, and draws what its convolutions see before and after.

  --data DIR      a folder with the four files of MNIST, gzipped or not
  --data strokes  digits drawn from strokes instead of MNIST
                  (default: MNIST from the cache, or downloaded; without a network, strokes)
  --test DIR      a folder with MNIST to test on, whatever was trained on
  --limit N       train on the first N images only
  --epochs N      how often to go through the images (default 3)
  --batch N       images a step (default 32)
  --seed N        start of the random numbers (default 1)
  --out DIR       where model and figures go (default out/train)
  --help          this text

Ctrl-C stops the training and saves what was learnt; pressed twice, it ends the program.`;

try {
  await main(readArguments());
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function main({ help, data, test: testFolder, limit, epochs, batchSize, seed, out }) {
  if (help) return console.log(HELP);

  const signal = stopOnInterrupt();
  const digits = await loadDigits({ data, test: testFolder, limit, seed, signal });
  if (!digits) {
    console.log('stopped before the training began; nothing was saved');
    process.exitCode = 130;
    return;
  }
  const { name, testName, train, test } = digits;
  const image = { width: 28, height: 28, data: test.images.subarray(0, 28 * 28) };
  await useWasmBackend();
  const model = buildArticleCnn({ seed });
  // A folder that cannot be written to is found out here, before the training rather than after it.
  const files = await drawMaps(model, image, 'before', out).catch(nameOut);

  console.log(
    `training on ${train.count} images of ${name}, the last tenth of them set apart for validation`,
  );
  const progress = createProgress(process.stdout, epochs);
  const { onBatch, onEpoch } = progress;
  const { stopped } = await trainArticleCnn(train, {
    model,
    epochs,
    batchSize,
    seed,
    signal,
    onBatch,
    onEpoch,
  }).finally(progress.end);
  if (stopped) console.log('stopped; saving what was learnt so far');

  await saveModel(model, out).catch(nameOut);
  const { loss, accuracy } = await evaluateClassifier(model, test);
  console.log(
    `test accuracy: ${formatShare(accuracy)} (${test.count} images of ${testName}, loss ${loss.toFixed(4)})\n`,
  );
  files.push(...(await drawMaps(model, image, 'after', out).catch(nameOut)));
  console.log(`written: ${[join(out, 'model.json'), ...files].join(', ')}`);
}

/** Calls the folder what the caller called it. */
function nameOut(error) {
  throw new Error(error.message.replace(/^(path|directory):/, '--out:'), { cause: error });
}

/** The first Ctrl-C asks for an end, the second one does not ask. */
function stopOnInterrupt() {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

function readArguments() {
  const options = {
    data: { type: 'string' },
    test: { type: 'string' },
    limit: { type: 'string' },
    epochs: { type: 'string' },
    batch: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean' },
  };
  const { values } = parseArgs({ options });
  const wholeNumber = (name, minimum, otherwise) => {
    const text = values[name];
    if (text === undefined) return otherwise;
    if (/^\d{1,15}$/.test(text) && Number(text) >= minimum) return Number(text);
    throw new RangeError(
      `--${name}: expected a whole number of at least ${minimum}, got ${JSON.stringify(text)}`,
    );
  };
  for (const name of ['data', 'test', 'out']) {
    if (values[name] === '') throw new TypeError(`--${name}: expected the name of a folder, got nothing`);
  }
  return {
    help: values.help,
    data: values.data,
    test: values.test,
    limit: wholeNumber('limit', 10),
    epochs: wholeNumber('epochs', 1, 3),
    batchSize: wholeNumber('batch', 1, 32),
    seed: wholeNumber('seed', 0, 1),
    out: values.out ?? 'out/train',
  };
}
