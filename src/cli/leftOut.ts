/**
 * Stands in the command for modules that TensorFlow.js and this package import and that it never runs: threads, and a fetch
 * for old versions of Node.
 */
export default undefined;
export const wasmWorkerContents = '';
/** What the backend with threads would be started by; without `threads` nobody calls it. */
export const startThreads = undefined;
