/**
 * Waits for the next task of the event loop. Not by `requestAnimationFrame`, which stands still in a tab that is not
 * shown, nor by `setTimeout`, which browsers hold back.
 */
export function nextTask(): Promise<void> {
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
