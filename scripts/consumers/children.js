import { spawn } from 'node:child_process';

const running = new Set();

// Each child leads a group of its own, so that what it has started ends with it.
process.on('exit', () => {
  for (const child of running) killGroup(child);
});

// With CI set, Next warns of a cache that this machine does not keep; an app's own machine is meant here.
const { FORCE_COLOR: _color, CI: _ci, ...inherited } = process.env;
const env = { ...inherited, NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1' };

/** Starts a command; `output()` is all that it has written. */
export function startChild(cwd, command, args) {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = [];
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => written.push(bytes));
  }
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      running.delete(child);
      resolve(status);
    });
  });
  return {
    ended,
    output: () => Buffer.concat(written).toString(),
    stop: async () => {
      killGroup(child);
      await ended;
    },
  };
}

/** Runs a command to its end and returns what it has written. */
export async function runChild(cwd, command, args) {
  const child = startChild(cwd, command, args);
  const status = await child.ended;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${child.output()}`);
  return child.output();
}

function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
