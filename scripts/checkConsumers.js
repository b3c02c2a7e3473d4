// npm run check:consumers: installs the packed package into apps as people write them, builds each with its tool, opens it
// in Chromium, and compares its figures with Node's. `-- --only vite` takes the apps with that in their name,
// `-- --tarball FILE` a package that has been packed already.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { LAUNCH_OPTIONS } from './chromium.js';
import { apps } from './consumers/apps.js';
import { checkView } from './consumers/checkView.js';
import { runChild } from './consumers/children.js';
import { computeExpectedFigures } from './consumers/computeExpectedFigures.js';
import { findWarnings } from './consumers/findWarnings.js';
import { installApp } from './consumers/installApp.js';
import { requireSmallFiles } from './consumers/requireSmallFiles.js';
import { findChromium } from './findChromium.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { only: { type: 'string' }, tarball: { type: 'string' } } });
const chosen = apps.filter((app) => nameOf(app).includes(values.only ?? ''));
if (chosen.length === 0) fail(`--only: expected part of the name of an app, got ${values.only}`);
const executablePath = findChromium();
if (!executablePath) fail('No Chromium was found: install it, or set CHROMIUM to its path.');

const folder = mkdtempSync(join(tmpdir(), 'layerscope-consumers-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const tarball = values.tarball ? resolve(values.tarball) : await pack();
const waiting = [...chosen];
const installed = new Set();
await Promise.all([installWaiting(), installWaiting()]);

const browser = await chromium.launch({ ...LAUNCH_OPTIONS, executablePath });
let expected;
for (const app of chosen.filter((each) => installed.has(each))) {
  const built = await attempt(nameOf(app), async () => {
    expected ??= await computeExpectedFigures(folderOf(app), root);
    if (app.built === false) return 'installed';
    const output = await runChild(folderOf(app), 'npm', ['run', 'build']);
    const warnings = findWarnings(output);
    if (warnings.length > 0) throw new Error(`its build warns:\n${warnings.join('\n')}`);
    if (app.minified !== false) requireSmallFiles(folderOf(app));
    return 'installed and built';
  });
  for (const view of built ? app.views : []) {
    await attempt(view.name, async () => {
      const { pages, size } = await checkView(view, folderOf(app), browser, expected);
      const scripts = view.developing ? '' : `, scripts of ${Math.ceil(size / 1024)} KB gzipped`;
      return `Node's figures on ${pages} ${pages === 1 ? 'page' : 'pages'}${scripts}`;
    });
  }
}
await browser.close();
// Servers and the browser may keep the process alive after a failure.
process.exit();

async function pack() {
  await runChild(root, 'npm', ['pack', '--pack-destination', folder]);
  const [file] = readdirSync(folder);
  console.log('packed');
  return join(folder, file);
}

async function installWaiting() {
  for (let app = waiting.shift(); app; app = waiting.shift()) {
    const current = app;
    await attempt(nameOf(current), async () => {
      await installApp(current, root, folderOf(current), tarball);
      installed.add(current);
    });
  }
}

/** Does one step of the check and prints its line; one that fails leaves the others to be done. */
async function attempt(name, step) {
  const started = Date.now();
  try {
    const line = await step();
    if (line) console.log(`${name}: ${line} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.error(`${name} failed: ${error.message}`);
    process.exitCode = 1;
    return false;
  }
}

function nameOf({ source, copy = source }) {
  return copy;
}

function folderOf(app) {
  return join(folder, 'apps', nameOf(app));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
