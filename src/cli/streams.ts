/** What the command writes to. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether what is written to `out` is shown in a terminal. */
  readonly isTerminal: boolean;
  /** Characters in a line of it. */
  readonly columns: number;
  /** Whether it shows colours. */
  readonly color: boolean;
}

/**
 * Describes a process's streams. A terminal has colours unless `NO_COLOR` is set (no-color.org); elsewhere there are none
 * unless `FORCE_COLOR` is, as for a pager that shows them.
 *
 * @param onError Is called with what a write throws.
 */
export function describeStreams(
  { stdout, stderr, env }: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'>,
  onError: (stream: 'stdout' | 'stderr', error: unknown) => void,
): Streams {
  const write = (name: 'stdout' | 'stderr', stream: NodeJS.WriteStream, text: string) => {
    try {
      stream.write(text);
    } catch (error) {
      onError(name, error);
    }
  };
  const isTerminal = stdout.isTTY === true;
  return {
    out: (text) => write('stdout', stdout, text),
    error: (text) => write('stderr', stderr, text),
    isTerminal,
    columns: stdout.columns ?? 80,
    color: env.NO_COLOR ? false : isTerminal || Boolean(env.FORCE_COLOR && env.FORCE_COLOR !== '0'),
  };
}
