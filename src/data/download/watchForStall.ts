import { CopyError } from './CopyError';

/** Watches over one connection. */
export interface StallWatch {
  /** Aborted with the caller's reason, or with a CopyError when nothing has arrived for a while. */
  readonly signal: AbortSignal;
  /** Something has arrived. */
  readonly restart: () => void;
  /** Ends the watch. */
  readonly stop: () => void;
}

/**
 * Starts to watch for a connection that no longer sends anything, which may otherwise last for minutes.
 *
 * @param stallTime Milliseconds.
 */
export function watchForStall(signal: AbortSignal, stallTime: number): StallWatch {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  const stall = () =>
    controller.abort(new CopyError(`sent nothing for ${stallTime / 1000} seconds`, 'retry'));
  let timer = setTimeout(stall, stallTime);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    restart() {
      clearTimeout(timer);
      timer = setTimeout(stall, stallTime);
    },
    stop() {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    },
  };
}
