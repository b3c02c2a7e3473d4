import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Runs the text of an ES module in a Node of its own, which finds the built package by its name. */
export function runScript(source: string) {
  return runNode(['--input-type=module', '--eval', source]);
}

/** Runs Node in the project's folder. */
export function runNode(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}
