/**
 * Stands in the command for modules that are imported and never run there: threads, a fetch for old versions of Node, and
 * what starts the backend, which the command does earlier.
 */
export default undefined;
export const wasmWorkerContents = '';
export const useWasmBackend = undefined;
