import { describeValue, requireCallback, requireSignal, requireWholeNumber } from '../common/errors';
import { requireOptions } from '../common/requireOptions';

export interface OpenModelOptions {
  /** Stops the loading; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * Is called whenever bytes have been read, with how many there are by now, and how many there will be; `undefined` where
   * nobody says.
   */
  onProgress?: ((loaded: number, total: number | undefined) => void) | undefined;
  /**
   * Names of the classes that the network tells apart, in the order of its outputs.
   * @defaultValue what the file says, or what lies beside it: `metadata.json` of Teachable Machine, `labels.txt`
   */
  classNames?: readonly string[] | undefined;
  /**
   * Bytes that may be read and unpacked in all: a small archive may claim any size.
   * @defaultValue `1073741824`, 1 GB
   */
  maxBytes?: number | undefined;
  /**
   * Fetches the files of an address.
   * @defaultValue the global `fetch`
   */
  fetch?: typeof globalThis.fetch | undefined;
}

/** Bytes that a model may take unless the caller allows more. */
export const LARGEST_MODEL = 2 ** 30;

/** @throws TypeError or RangeError naming the option that is wrong. */
export function requireOpenOptions(options: OpenModelOptions): void {
  requireOptions(options, { signal: true, onProgress: true, classNames: true, maxBytes: true, fetch: true });
  const { signal, onProgress, classNames, maxBytes = LARGEST_MODEL, fetch } = options;
  requireSignal(signal);
  requireCallback('onProgress', onProgress);
  requireCallback('fetch', fetch);
  requireWholeNumber('maxBytes', maxBytes, 1);
  if (classNames === undefined) return;
  const isList = Array.isArray(classNames) && classNames.length > 0;
  if (!isList || ![...classNames].every((name) => typeof name === 'string')) {
    throw new TypeError(`classNames: expected a list of names, got ${describeValue(classNames)}`);
  }
}
