// Measures openModel against reading the file and copying its weights: see README.md.
// npm run bench:open
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engine, io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { useWasmBackend } from 'layerscope';
import { openModel } from 'layerscope/node';
import { writeModelFiles } from './files/writeModelFiles.js';
import { describeMachine } from './machine.js';
import { goalTable, OPENING, table, writePart } from './report.js';
import { summarize } from './statistics.js';

const ROUNDS = 15;
const FRESH_ROUNDS = 5;
const MOST_TIME = 1.5;
const MOST_MEMORY = 2.5;
const COPY = 'read and copy';

const folder = mkdtempSync(join(tmpdir(), 'layerscope-bench-'));
try {
  await useWasmBackend();
  const files = await writeModelFiles(mkdtempSync(join(folder, 'large-')), 'large');
  const small = await writeModelFiles(mkdtempSync(join(folder, 'small-')), 'small');
  const text = await measure(files, small);
  console.log(text);
  await writePart(OPENING, text);
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(files, small) {
  const bytes = statSync(files['model.json'].weights).size;
  const rows = [];
  for (const [form, { path, weights }] of Object.entries(files)) {
    const contestants = {
      [COPY]: async () => new Uint8Array(await readFile(weights)),
      openModel: () => openModel(path),
      ...(form === 'model.json' && { 'TensorFlow.js alone': () => loadAlone(path, weights) }),
    };
    const times = await timeInTurn(contestants);
    const fresh = measureFresh(small[form].path, files[form]);
    for (const [name, list] of Object.entries(times)) {
      const ratio = summarize(list.map((time, round) => time / times[COPY][round]));
      rows.push({ form, name, time: summarize(list), ratio, ...fresh[name] });
    }
  }
  return writeReport(bytes, rows);
}

/** What an app writes that has only TensorFlow.js. */
async function loadAlone(path, weights) {
  const { weightsManifest, ...json } = JSON.parse(await readFile(path, 'utf8'));
  const { buffer } = new Uint8Array(await readFile(weights));
  const artifacts = { ...json, weightSpecs: weightsManifest[0].weights, weightData: buffer };
  return await loadLayersModel(io.fromMemory(artifacts));
}

/** Milliseconds by contestant, a list of the rounds each; two rounds before that are not counted. */
async function timeInTurn(contestants) {
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = -2; round < ROUNDS; round++) {
    for (const [name, open] of Object.entries(contestants)) {
      const start = performance.now();
      const opened = await open();
      const time = performance.now() - start;
      opened.dispose?.();
      if (round >= 0) times[name].push(time);
    }
  }
  const { numTensors } = engine().memory();
  if (numTensors !== 0) throw new Error(`expected no tensors that are left behind, got ${numTensors}`);
  return times;
}

/** Time and memory of the first file of a process, after a small one of the same form; in turn. */
function measureFresh(warmUp, { path, weights }) {
  const ways = { [COPY]: [weights, 'copy'], openModel: [path, 'open'] };
  const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  const script = fileURLToPath(new URL('openFresh.js', import.meta.url));
  for (let round = 0; round < FRESH_ROUNDS; round++) {
    for (const [name, [file, way]] of Object.entries(ways)) {
      const args = [script, warmUp, file, way];
      results[name].push(JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })));
    }
  }
  return Object.fromEntries(
    Object.entries(results).map(([name, list]) => [
      name,
      {
        first: summarize(list.map(({ time }) => time)).median,
        memory: summarize(list.map(({ memory }) => memory)).median,
      },
    ]),
  );
}

function writeReport(bytes, rows) {
  const opened = rows.filter(({ name }) => name === 'openModel');
  const goals = opened.flatMap(({ form, ratio, memory }) => [
    {
      goal: `${form}: at most ${MOST_TIME} × the time of reading and copying`,
      measured: ratio.median.toFixed(2),
      reached: ratio.median <= MOST_TIME,
    },
    {
      goal: `${form}: at most ${MOST_MEMORY} × the weights in memory`,
      measured: (memory / bytes).toFixed(2),
      reached: memory / bytes <= MOST_MEMORY,
    },
  ]);
  return [
    OPENING,
    '',
    `Written by \`npm run bench:open\`: MobileNet with random weights of ${(bytes / 1e6).toFixed(1)} MB, in each form that is opened. The ratio is`,
    'to reading the file of weights and copying it, in the same round.',
    '',
    table(['', ''], describeMachine(), 'll'),
    '',
    goalTable(goals),
    '',
    table(
      [`${ROUNDS} rounds`, '', 'ms', 'quartiles', 'ratio', 'ms, first of a process', 'memory, × weights'],
      rows.map(({ form, name, time, ratio, first, memory }) => [
        form,
        name,
        time.median.toFixed(1),
        `${time.low.toFixed(1)}–${time.high.toFixed(1)}`,
        name === COPY ? '1' : ratio.median.toFixed(2),
        first?.toFixed(0) ?? '',
        memory === undefined ? '' : (memory / bytes).toFixed(2),
      ]),
      'llrrrrr',
    ),
    '',
  ].join('\n');
}
