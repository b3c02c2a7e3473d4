// Measures a step of training the article's network, batch 32, against PyTorch and against the path without a binary,
// says where the time goes, and writes it into RESULTS.md.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { tensor } from '@tensorflow/tfjs-core';
import { buildArticleCnn, useWasmBackend } from 'layerscope';
import { drawDigits } from 'layerscope/data';
import { registerTrainingKernels } from 'layerscope/training';
import { describeMachine } from './machine.js';
import { profileKernels } from './profileKernels.js';
import { TRAINING, table, writeGroup, writePart } from './report.js';
import { summarize } from './statistics.js';

const ROUNDS = 15;
const STEPS = 40;

await useWasmBackend();
const model = buildArticleCnn({ seed: 0 });
model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
const data = drawDigits(32 * STEPS, { seed: 0 });
const images = tensor(
  Float32Array.from(data.images, (byte) => byte / 255),
  [data.count, data.height, data.width, 1],
);
const labels = tensor(Float32Array.from(data.labels));

const contestants = [
  ['layerscope, model.fit', () => fit(true)],
  ['layerscope without its binary, model.fit', () => fit(false)],
];
const torch = await startTorch();
if (torch) contestants.unshift([`PyTorch ${torch.version}, one thread`, torch.run]);
const [[reference]] = contestants;

for (const [, run] of contestants) await run(); // warm
const times = contestants.map(() => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [index, [name, run]] of contestants.entries()) {
    times[index].push((await run()) / STEPS);
    process.stderr.write(`${round + 1}/${ROUNDS} ${name}: ${times[index].at(-1).toFixed(2)} ms\n`);
  }
}
torch?.stop();

const rows = contestants.map(([name], index) => ({
  name,
  time: summarize(times[index]),
  ratio: summarize(times[index].map((time, round) => time / times[0][round])),
}));
const note = torch ? '' : 'PyTorch was not found.';
const results = writeGroup({ title: 'A step of batch 32', note, reference, rounds: ROUNDS, rows });

await registerTrainingKernels();
const profile = await profileKernels(() => fit(true));
const text = [
  TRAINING,
  '',
  'Written by `npm run bench:training`.',
  '',
  table(['', ''], describeMachine(), 'll'),
  '',
  ...results,
  '',
  ...writeProfile(profile),
  '',
].join('\n');
console.log(text);
await writePart(TRAINING, text);

/** The kernels that take most of a step, and what tfjs spends between them. */
function writeProfile({ total, kernels }) {
  const perStep = (time) => (time / STEPS).toFixed(2);
  const inKernels = kernels.reduce((sum, { time }) => sum + time, 0);
  const rows = kernels
    .slice(0, 12)
    .map(({ name, calls, time }) => [name, (calls / STEPS).toFixed(0), perStep(time), percent(time / total)]);
  const others = kernels.slice(12).reduce((sum, { time }) => sum + time, 0);
  rows.push(['other kernels', '', perStep(others), percent(others / total)]);
  rows.push(['between kernels: tfjs, Adam', '', perStep(total - inKernels), percent(1 - inKernels / total)]);
  return [
    '## Where a step goes',
    '',
    'One epoch with the binary, every kernel timed, which itself costs a little.',
    '',
    table(['Kernel', 'calls a step', 'ms a step', 'share'], rows, 'lrrr'),
  ];
}

function percent(share) {
  return `${(100 * share).toFixed(0)} %`;
}

/** Milliseconds of an epoch of so many steps. */
async function fit(binary) {
  await registerTrainingKernels({ binary });
  const start = performance.now();
  await model.fit(images, labels, { batchSize: 32, epochs: 1, verbose: 0, yieldEvery: 'never' });
  return performance.now() - start;
}

/** PyTorch in a process of its own, which waits while others run; `undefined` where it is not installed. */
async function startTorch() {
  for (const python of ['python3', '/usr/bin/python3']) {
    const child = spawn(python, [fileURLToPath(new URL('torchSteps.py', import.meta.url))], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.on('error', () => undefined);
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { value: version, done } = await answers.next();
    if (done) continue;
    const run = async () => {
      child.stdin.write(`${STEPS}\n`);
      return Number((await answers.next()).value) * 1000;
    };
    return { version, run, stop: () => child.stdin.end() };
  }
  return undefined;
}
