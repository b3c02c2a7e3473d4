/** A page shows 60 pictures a second; work for longer than that is seen. */
const LONGEST_WORK = 12;

/**
 * Makes the function that a long piece of work calls now and then: it lets the page draw and events be handled where
 * {@link LONGEST_WORK} milliseconds have passed since it last did, and returns at once otherwise.
 */
export function createPause(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < LONGEST_WORK) return;
    await nextTask();
    last = performance.now();
  };
}

/**
 * Waits for the next task of the event loop. Not by `requestAnimationFrame`, which stands still in a tab that is not
 * shown, nor by `setTimeout`, which browsers hold back.
 */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    // Node handles up to a thousand messages before it looks at signals and timers.
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
