import { explainError } from './explainError';

/**
 * Ends the process where what it prints cannot be written: in a line and with 1, or quietly and with 0 where the reader of
 * stdout has seen enough, as `head` has. A reader of stderr that has gone is no reason to end.
 *
 * Whatever else nobody has caught ends it in a line too; without it, the code that comes with the WASM backend would print
 * itself, and end with 7.
 *
 * @returns What to call with the error that a write has thrown: files throw, pipes tell it later.
 */
export function endOnFailedOutput(
  target: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'exitCode'> & {
    readonly exit: (code: number) => void;
    readonly on: (event: 'uncaughtException', listener: (error: unknown) => void) => unknown;
  },
): (stream: 'stdout' | 'stderr', error: unknown) => void {
  const say = (line: string) => {
    try {
      target.stderr.write(`error: ${line}\n`);
    } catch {
      // There is nowhere else to say it.
    }
  };
  const fail = (stream: 'stdout' | 'stderr', error: unknown) => {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') {
      if (stream === 'stdout') target.exit(0);
      return;
    }
    if (stream === 'stdout')
      say(`stdout: expected an output that can be written, got one that cannot (${code})`);
    target.exit(Number(target.exitCode || 1));
  };
  target.stdout.on('error', (error) => fail('stdout', error));
  target.stderr.on('error', (error) => fail('stderr', error));
  target.on('uncaughtException', (error) => {
    say(explainError(error).message);
    target.exit(1);
  });
  return fail;
}
