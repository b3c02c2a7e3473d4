// npm test: builds what the tests use, runs all of them, and says at the end what a missing Chromium left out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './findChromium.js';

const root = new URL('..', import.meta.url).pathname;
const chromium = findChromium();
const folder = mkdtempSync(join(tmpdir(), 'layerscope-tests-'));
const report = join(folder, 'report.json');

const built = spawnSync(process.execPath, ['scripts/ensureBuilt.js'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

const result = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, LAYERSCOPE_CHROMIUM: chromium } },
);
const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
rmSync(folder, { recursive: true });

let status = result.status ?? 1;
if (!chromium) {
  const missing =
    'The tests in a browser (tests/**/*.{browser,isolated,page}.test.ts) were left out: no Chromium was found.';
  const remedy =
    'To run them, install it (on Debian: apt-get install chromium), or set CHROMIUM to its path, and run npm test again.';
  console.log(`\n${missing}\n${remedy}`);
  if (process.env.CI === 'true') {
    console.log('With CI=true that is a failure.');
    status ||= 1;
  }
}
if (counts) console.log(`\n${counts.numPassedTests} passed, ${counts.numFailedTests} failed`);
process.exit(status);
