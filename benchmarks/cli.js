// Measures the command line as a whole process, against scripts that import TensorFlow.js as it is published.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describeMachine } from './machine.js';
import { COMMAND, goalTable, table, writePart } from './report.js';
import { summarize } from './statistics.js';

const ROUNDS = 15;
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'layerscope-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

const IMPORTS = `
  import '@tensorflow/tfjs-core';
  import '@tensorflow/tfjs-layers';
  import '@tensorflow/tfjs-backend-wasm';`;
const SAME_WORK = `
  import { createCanvas } from '@napi-rs/canvas';
  import { loadArticleCnn, visualizeLayers } from 'layerscope';
  import { drawDigit } from 'layerscope/data';
  import { saveFiles } from 'layerscope/node';
  import { renderPng } from 'layerscope/png';
  const renderer = (figure) => renderPng(figure, { createCanvas });
  const figures = await visualizeLayers(await loadArticleCnn(), drawDigit(3), { renderer });
  const out = ${JSON.stringify(join(folder, 'script'))};
  await saveFiles(figures.map(({ layer, output }) => [out + '/' + layer + '.png', output]));`;
const SAME_LIST = `
  import { listLayers, loadArticleCnn } from 'layerscope';
  console.log(listLayers(await loadArticleCnn()));`;

const script = (source) => ['--input-type=module', '--eval', source];
const command = (...args) => ['dist/cli.js', ...args];
const REFERENCE = 'a script that imports the three packages and does nothing';
const contestants = {
  'node alone': script(''),
  'layerscope --help': command('--help'),
  'layerscope --list': command('--list'),
  'layerscope --digit 3 --format svg': command(
    '--digit',
    '3',
    '--format',
    'svg',
    '--out',
    join(folder, 'svg'),
  ),
  'layerscope --digit 3 --format png': command(
    '--digit',
    '3',
    '--format',
    'png',
    '--out',
    join(folder, 'png'),
  ),
  [REFERENCE]: script(IMPORTS),
  'a script that lists the same layers': script(SAME_LIST),
  'a script that draws the same PNG files': script(SAME_WORK),
};

const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
// One round that is not counted: it brings the files into memory.
for (let round = -1; round < ROUNDS; round++) {
  for (const [name, args] of Object.entries(contestants)) {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    const time = performance.now() - start;
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    if (round >= 0) times[name].push(time);
  }
}

const ratio = (name, other) => summarize(times[name].map((time, round) => time / times[other][round]));
const goal = (text, name, other, most) => {
  const { median } = ratio(name, other);
  return { goal: text, measured: median.toFixed(2), reached: median <= most };
};
const files = readdirSync(join(root, 'dist')).filter((name) => /^cli[.-]/.test(name));
const bytes = files.reduce((sum, name) => sum + statSync(join(root, 'dist', name)).size, 0);
const packed = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(root, 'dist', name))).length, 0);
const milliseconds = ({ low, median, high }) => [median.toFixed(0), `${low.toFixed(0)}–${high.toFixed(0)}`];

const text = [
  COMMAND,
  '',
  'Written by `npm run bench:cli`: whole processes, from their start to their end, in turn. The ratio is to the script',
  'that imports @tensorflow/tfjs-core, -layers and -backend-wasm as they are published, in the same round.',
  '',
  table(['', ''], describeMachine(), 'll'),
  '',
  goalTable([
    goal('start: `--help`, at most half of importing TensorFlow.js', 'layerscope --help', REFERENCE, 0.5),
    goal(
      'TensorFlow.js, backend and network loaded: at most half of a script that does so',
      'layerscope --list',
      'a script that lists the same layers',
      0.5,
    ),
    goal(
      'the same PNG files: at most half of a script that draws them',
      'layerscope --digit 3 --format png',
      'a script that draws the same PNG files',
      0.5,
    ),
  ]),
  '',
  table(
    [`${ROUNDS} rounds`, 'ms', 'quartiles', 'ratio'],
    Object.keys(contestants).map((name) => [
      name,
      ...milliseconds(summarize(times[name])),
      name === REFERENCE ? '1' : ratio(name, REFERENCE).median.toFixed(2),
    ]),
    'lrrr',
  ),
  '',
  `The command is ${files.length} files of ${(bytes / 1000).toFixed(0)} kB, ${(packed / 1000).toFixed(0)} kB gzipped.`,
  '',
].join('\n');
console.log(text);
await writePart(COMMAND, text);
