import { shorten } from '../../common/quote';

/** Letters of a message, at the most. */
const MOST = 400;

/**
 * @param argument What the caller's argument is called.
 * @param place Where the model is, quoted.
 * @throws Error that names the file of a model of which TensorFlow.js could make none.
 */
export function refuseModel(argument: string, place: string, cause: unknown): never {
  const words = `${argument}: expected a model that TensorFlow.js can build, got ${place}: `;
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new Error(words + shorten(reason, MOST - words.length), { cause });
}
