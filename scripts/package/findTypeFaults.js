/** TypeScript has found errors, and has written nothing for their sake or has written all the same. */
const HAS_ERRORS = [1, 2];

/**
 * What is ours of a run of TypeScript's compiler: the declarations of TensorFlow.js and of its dependencies do not pass
 * by themselves; all that is not said of theirs is ours.
 *
 * @param {{ status: number | null, output: string }} run its exit status, `null` of one that was ended, and what it wrote
 * @returns {string[]} lines, none where all is well
 */
export function findTypeFaults({ status, output }) {
  const errors = output.split('\n').filter((line) => /\berror TS\d+: /.test(line));
  const ours = errors.filter((line) => !/^[^(]*node_modules\/(?!layerscope\/)/.test(line));
  const ended = errors.length > 0 ? HAS_ERRORS.includes(status) : status === 0;
  return ended
    ? ours
    : [...ours, `expected another exit status than ${status} with ${errors.length} errors:\n${output}`];
}
