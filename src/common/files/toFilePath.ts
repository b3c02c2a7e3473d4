import { describeValue } from '../errors';
import { loadModule } from './loadModule';

/**
 * Returns the path that a `file:` URL stands for, and any path as it is.
 *
 * @param argument What it came from, for the error.
 * @throws TypeError (the promise is rejected) if it is a URL of another kind, or a `file:` URL of no file here.
 */
export async function toFilePath(argument: string, path: string | URL): Promise<string> {
  const isUrl = typeof path !== 'string' || /^(?:[a-z][a-z\d+.-]+:\/\/|data:|blob:)/i.test(path);
  if (!isUrl) return path;
  const text = String(path);
  const fail = (what: string, cause?: unknown): never => {
    throw new TypeError(
      `${argument}: expected a path or a file: URL, got ${describeValue(text)}, which is ${what}`,
      { cause },
    );
  };
  if (!/^file:/i.test(text)) return fail('another address; fetch it and pass its bytes');
  const { fileURLToPath } = await loadModule<typeof import('node:url')>('node:url');
  try {
    return fileURLToPath(text);
  } catch (cause) {
    return fail('of no file on this machine', cause);
  }
}
