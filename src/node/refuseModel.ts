import { quotePath } from '../common/files/quotePath';
import { shorten } from '../common/quote';

/** Letters of a message, at the most. */
const MOST = 400;

/** @throws Error that names the file of a model of which TensorFlow.js could make none. */
export function refuseModel(file: string, cause: unknown): never {
  const words = `path: expected a model that TensorFlow.js can build, got ${quotePath(file)}: `;
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new Error(words + shorten(reason, MOST - words.length), { cause });
}
