import { spawnSync } from 'node:child_process';

/** Does one step of the check and prints its line; one that fails ends the check. */
export function step(name, cwd, command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) fail(`${name} failed:\n${stdout}${stderr}${error ?? ''}`);
  console.log(`${name}: fine`);
  return stdout;
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}
