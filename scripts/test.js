// npm test: builds what the tests use, runs all of them, and says at the end what a missing Chromium left out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  const missing = 'The browser tests (tests/**/*.browser.test.ts) were left out: no Chromium was found.';
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

/** The path of a Chromium or Chrome; empty if there is none. */
function findChromium() {
  if (process.env.CHROMIUM) {
    if (existsSync(process.env.CHROMIUM)) return process.env.CHROMIUM;
    console.error(
      `CHROMIUM: expected the path of a browser, got ${process.env.CHROMIUM}, which does not exist`,
    );
    process.exit(1);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/snap/bin'];
  const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...applications,
  ];
  return candidates.find((path) => existsSync(path)) ?? '';
}
