import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './step.js';

/** The runtime of Cloudflare's workers, and what makes one file of a worker. */
const TOOLS = { workerd: '1.20261117.1', esbuild: '0.28.2' };

/**
 * Draws in a worker of workerd, which compiles no WebAssembly while it runs, on the CPU backend. Where npm has no binary of
 * it for this machine, it is named and passed over.
 */
export function checkWorker(app) {
  const folder = join(app, '../workerd');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: TOOLS }));
  const npm = ['install', '--no-audit', '--no-fund', '--prefer-offline'];
  spawnSync('npm', npm, { cwd: folder, timeout: 300_000 });
  const [workerd, esbuild] = Object.keys(TOOLS).map((name) => join(folder, 'node_modules/.bin', name));
  const isFound = [workerd, esbuild].every(
    (tool) => spawnSync(tool, ['--version'], { timeout: 60_000 }).status === 0,
  );
  if (!isFound) {
    console.log(`workerd ${TOOLS.workerd} does not install here: not looked at`);
    return;
  }
  const bundle = ['--bundle', '--format=esm', '--external:node:*', '--log-level=error'];
  step('bundle a worker', app, esbuild, ['worker.mjs', ...bundle, '--outfile=worker.bundle.mjs']);
  step('draw in a worker', app, workerd, ['test', 'worker.capnp']);
}
