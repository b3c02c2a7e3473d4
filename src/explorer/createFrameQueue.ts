/** Shows one item a frame, the latest. */
export interface FrameQueue<Item> {
  /** @returns A promise that is kept once this item, or a later one in its place, has been shown. */
  push(item: Item): Promise<void>;
  /** Forgets what waits; its promises are kept. */
  stop(): void;
}

interface Waiting<Item> {
  item: Item;
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Makes a queue of length one: of what is pushed between two frames, or while something is being shown, the last is
 * shown in the next frame.
 *
 * @param requestFrame Calls back before the next frame is painted: `requestAnimationFrame`.
 * @param show Shows an item; the next is not begun before its promise has settled.
 */
export function createFrameQueue<Item>(
  requestFrame: (callback: () => void) => void,
  show: (item: Item) => Promise<void>,
): FrameQueue<Item> {
  let waiting: Waiting<Item> | undefined;
  let busy = false;
  let stopped = false;

  async function next(): Promise<void> {
    if (!waiting) return;
    const { item, resolve, reject } = waiting;
    waiting = undefined;
    busy = true;
    // An error that comes after the end is nobody's: what it would have shown is gone.
    await show(item).then(resolve, (reason) => (stopped ? resolve() : reject(reason)));
    busy = false;
    if (waiting) requestFrame(next);
  }

  return {
    push(item) {
      if (waiting) waiting.item = item;
      else {
        waiting = { item, ...createPromise() };
        if (!busy) requestFrame(next);
      }
      return waiting.promise;
    },
    stop() {
      stopped = true;
      waiting?.resolve();
      waiting = undefined;
    },
  };
}

function createPromise() {
  let resolve = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<void>((onKept, onBroken) => {
    resolve = onKept;
    reject = onBroken;
  });
  return { promise, resolve, reject };
}
