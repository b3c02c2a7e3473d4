import { describeValue } from '../common/errors';

/** @throws TypeError if `path` is no path. */
export function requireModelPath(path: unknown): void {
  if (typeof path === 'string' && path !== '') return;
  throw new TypeError(
    `path: expected the path of a model or of the folder that it is in, got ${describeValue(path)}`,
  );
}
