import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, step } from './step.js';

/** Runtimes that npm has, with how they run a file. */
const RUNTIMES = {
  bun: { version: '1.4.5', args: ['run'] },
  deno: { version: '2.9.6', args: ['run', '--allow-all', '--node-modules-dir=manual'] },
};

/**
 * Runs the guide's first program for Node in Node, Bun and Deno, each as npm installs it. One that does not install here,
 * for want of a binary for this machine, is named and passed over.
 */
export function checkRuntimes(app, root) {
  const guide = readFileSync(join(root, 'docs/guide.md'), 'utf8');
  const [, program] = /^## A first figure in Node$.*?^```js\n(.*?)^```$/ms.exec(guide) ?? [];
  if (!program)
    fail('runtimes failed: expected a program under "A first figure in Node" in docs/guide.md, got none');
  writeFileSync(join(app, 'guide.mjs'), program);
  runGuide('node', app, process.execPath, []);
  for (const [name, { version, args }] of Object.entries(RUNTIMES)) {
    const folder = join(app, `../${name}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const command = join(folder, 'node_modules/.bin', name);
    const npm = ['install', '--no-audit', '--no-fund', '--prefer-offline', `${name}@${version}`];
    spawnSync('npm', npm, { cwd: folder, timeout: 300_000 });
    const found = spawnSync(command, ['--version'], { encoding: 'utf8', timeout: 60_000 });
    if (found.status !== 0) console.log(`${name} ${version} does not install here: not looked at`);
    else runGuide(name, app, command, args);
  }
}

function runGuide(name, app, command, args) {
  const out = join(app, 'out');
  rmSync(out, { recursive: true, force: true });
  step(`the guide's program in ${name}`, app, command, [...args, 'guide.mjs']);
  const drawn = readdirSync(out).sort().join(', ');
  if (drawn !== 'conv1.png, conv2.png') fail(`${name}: expected figures of conv1 and conv2, got ${drawn}`);
}
