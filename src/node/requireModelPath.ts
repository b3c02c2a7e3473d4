import { describeValue } from '../common/errors';
import { quote } from '../common/quote';

/** @throws TypeError if `path` is no path. */
export function requireModelPath(path: unknown): void {
  const isText = typeof path === 'string' && path !== '';
  const [, scheme] = isText ? (/^([a-z][a-z\d+.-]+):\/\//i.exec(path) ?? []) : [];
  if (isText && scheme === undefined) return;
  const advice =
    scheme === undefined
      ? ''
      : scheme.toLowerCase() === 'file'
        ? '; fileURLToPath of node:url makes a path of it'
        : '; download the files, or load the model with TensorFlow.js itself';
  const got = isText ? quote(path, 100) : describeValue(path);
  throw new TypeError(
    `path: expected the path of a model.json or of the folder that it is in, got ${scheme === undefined ? got : `the address ${got}`}${advice}`,
  );
}
