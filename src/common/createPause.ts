import { nextTask } from './nextTask';

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
