// Packs the package as npm would publish it, installs it into an empty folder, and uses it there as an app does.
// `-- --tarball FILE` takes a package that has been packed already.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkContents } from './package/checkContents.js';
import { checkPeers } from './package/checkPeers.js';
import { checkRuntimes } from './package/checkRuntimes.js';
import { checkTypes, OTHER_TYPESCRIPTS } from './package/checkTypes.js';
import { checkWorker } from './package/checkWorker.js';
import { fail, step } from './package/step.js';

/** The first version of TensorFlow.js of each range that the peers allow. */
const FIRST_PEERS = ['3.21.0', '4.0.0'];

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules/.bin', name);
const { values } = parseArgs({ options: { tarball: { type: 'string' } } });
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'layerscope-package-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

const tarball = values.tarball ? resolve(values.tarball) : pack();
checkContents(tarball, folder, root);
step('publint', root, bin('publint'), ['--strict', tarball]);
// All entries but standalone, which is for pages only (it cannot be required, and nobody should), and what has no types.
const attw = [
  '--profile',
  'strict',
  '--format',
  'ascii',
  '--exclude-entrypoints',
  'standalone',
  'package.json',
];
step('are the types wrong', root, bin('attw'), [tarball, ...attw]);

const app = join(folder, 'app');
cpSync(join(root, 'tests/consumers/package'), app, { recursive: true });
cpSync(join(root, 'tests/consumers/drawInNode.mjs'), join(app, 'drawInNode.mjs'));
const versions = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-backend-wasm'];
const peers = Object.fromEntries(versions.map((name) => [name, devDependencies[name]]));
install(app, { ...peers, ...OTHER_TYPESCRIPTS });
step('import it', app, process.execPath, ['useModule.mjs']);
step('require it', app, process.execPath, ['useCommonJs.cjs']);
// Nothing else is installed there: no canvas that could read the picture or draw titles.
const picture = join(root, 'docs/images/digit.png');
step('run its command', app, 'npx', ['--no-install', 'layerscope', picture, '--format', 'png,svg']);
const drawn = readdirSync(join(app, 'out')).sort().join(', ');
if (drawn !== 'conv1.png, conv1.svg, conv2.png, conv2.svg') {
  fail(`package: expected the command to draw conv1 and conv2, got ${drawn}`);
}
// Nor are there types that ours could lean on: neither d3's, nor Node's, nor the converter's.
checkTypes(app, root);
checkPeers(FIRST_PEERS, app, tarball, root);

// What the guide installs, and TensorFlow.js in one.
install(app, {
  ...peers,
  '@tensorflow/tfjs': devDependencies['@tensorflow/tfjs-core'],
  '@napi-rs/canvas': devDependencies['@napi-rs/canvas'],
});
step('importing changes nothing', app, process.execPath, ['importAll.mjs']);
checkRuntimes(app, root);
checkWorker(app);

function pack() {
  const target = join(folder, 'packed');
  mkdirSync(target);
  step('pack', root, 'npm', ['pack', '--pack-destination', target]);
  return join(target, readdirSync(target)[0]);
}

function install(into, dependencies) {
  const all = { layerscope: `file:${tarball}`, ...dependencies };
  writeFileSync(join(into, 'package.json'), JSON.stringify({ private: true, dependencies: all }));
  step('install', into, 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline']);
}
