import { formatShape } from './errors';

/** What the backends and JavaScript itself say where memory is short: WASM, cpu, WebGL. */
const FULL =
  /memory of the WASM backend is full|array buffer allocation|invalid (typed )?array length|out of memory|texture size/i;

const ADVICE = 'give a smaller image, look into fewer layers, or give fewer images at once';

/**
 * Says what an error has to do with the backend's memory, how large what was computed is, and what to do.
 *
 * Where the WASM backend gives up by itself (`Aborted()`), nothing has been written, and it goes on working. Where it reads or
 * writes beyond its memory, it may have written over tensors before, and over what it needs itself to take memory.
 *
 * @param shape Of what was to be put out, in values of four bytes; none where that is not known.
 * @returns The words in place of the error's own; `undefined` if it has nothing to do with memory, or says all of that already.
 */
export function explainMemory(error: unknown, shape?: readonly number[]): string | undefined {
  if (!(error instanceof Error) || error.message.includes(ADVICE)) return undefined;
  const size = shape ? `it puts out ${formatShape(shape)}, ${formatSize(shape)}; ` : '';
  if (isDamage(error)) {
    return (
      `${size}the WASM backend failed (${error.message}), and may have written over other tensors: do not rely on it any more, ` +
      `load the page or start the process again; then ${ADVICE}`
    );
  }
  if (isRuntimeError(error)) {
    return `${size}the WASM backend gave up, most often since its memory is full (${error.message}); what it has is as before, and it can be used; ${ADVICE}`;
  }
  if (!FULL.test(error.message)) return undefined;
  return `${size}${error.message.replace(/; give a smaller image.*$/, '')}; ${ADVICE}`;
}

/** Whether the WASM backend's memory may be damaged, so that no more must be computed. */
export function isDamage(error: unknown): boolean {
  return isRuntimeError(error) && !/^Aborted\(/.test((error as Error).message);
}

/** By its name too: a module may have been made in another window. */
function isRuntimeError(error: unknown): boolean {
  return error instanceof Error && error.name === 'RuntimeError';
}

function formatSize(shape: readonly number[]): string {
  const megabytes = (4 * shape.reduce((product, length) => product * length, 1)) / 1e6;
  return `${megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}
