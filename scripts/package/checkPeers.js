import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, step } from './step.js';

const PEERS = ['core', 'layers', 'backend-wasm', 'converter'].map((name) => `@tensorflow/tfjs-${name}`);

const FILES = [
  'package/useModule.mjs',
  'package/useCommonJs.cjs',
  'package/useCorrections.mjs',
  'drawInNode.mjs',
];

/**
 * Installs the package beside the first of each range of versions that it allows, as npm does for an app that has them, and
 * checks that it draws there what it draws beside the last, computes right what
 * is corrected, and trains, saves and loads.
 *
 * @param latest An app that has the last.
 */
export function checkPeers(versions, latest, tarball, root) {
  const expected = step('draw', latest, process.execPath, ['drawInNode.mjs']);
  step('correct', latest, process.execPath, ['useCorrections.mjs']);
  for (const version of versions) {
    const app = join(latest, `../tfjs-${version}`);
    mkdirSync(app);
    for (const file of FILES) {
      cpSync(join(root, 'tests/consumers', file), join(app, file.split('/').at(-1)));
    }
    const dependencies = {
      ...Object.fromEntries(PEERS.map((name) => [name, version])),
      layerscope: `file:${tarball}`,
    };
    writeFileSync(join(app, 'package.json'), JSON.stringify({ private: true, dependencies }));
    const beside = `beside TensorFlow.js ${version}`;
    step(`install ${beside}`, app, 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline']);
    const drawn = step(`draw ${beside}`, app, process.execPath, ['drawInNode.mjs']);
    if (drawn !== expected) fail(`peers failed: the figures ${beside} are not those of the latest version`);
    step(`correct ${beside}`, app, process.execPath, ['useCorrections.mjs']);
    step(`train, save and load ${beside}`, app, process.execPath, ['useModule.mjs']);
    step(`require ${beside}`, app, process.execPath, ['useCommonJs.cjs']);
  }
}
