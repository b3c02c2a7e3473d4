const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Lets some work end before the process obeys Ctrl-C, so that it leaves no temporary file behind. Elsewhere nothing listens:
 * Ctrl-C ends the process at once, even in the middle of a computation.
 *
 * @param target The process, or what stands for it in tests.
 */
export async function holdSignals<Value>(
  work: () => Promise<Value>,
  target: Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid'> = process,
): Promise<Value> {
  let held: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals) => {
    held ??= signal;
  };
  for (const signal of SIGNALS) target.on(signal, hold);
  try {
    return await work();
  } finally {
    for (const signal of SIGNALS) target.off(signal, hold);
    // By the signal itself, now that nobody listens: a shell sees 130 and stops the loop that it is in.
    if (held) target.kill(target.pid, held);
  }
}
