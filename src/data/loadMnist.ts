import { describeValue, requireCallback, requireSignal } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { DownloadProgress } from './download/receive';
import { type LabeledImages, labelImages } from './LabeledImages';
import { type IdxSource, loadIdxFiles } from './loadIdxFiles';
import { mnistFiles, mnistMirrors } from './mnistFiles';
import { openCache, openDirectory } from './store/openStore';

export interface LoadMnistOptions {
  /**
   * Node only: a folder with the four files, each gzipped (`train-images-idx3-ubyte.gz`) or not. Nothing is downloaded.
   * @defaultValue the files are downloaded
   */
  directory?: string | undefined;
  /**
   * URLs of folders with the four files, gzipped or not. The next one is asked for what one does not have.
   * @defaultValue two public mirrors, of Google and of PyTorch
   */
  urls?: readonly string[] | undefined;
  /**
   * Where downloaded files are kept: the path of a folder in Node, the name of a cache of the Cache Storage in a
   * browser; `false` for nowhere. One that is named must work; the default one is done without where it does not.
   * @defaultValue in Node `layerscope` in `$XDG_CACHE_HOME` or `~/.cache`; in a browser `layerscope`
   */
  cache?: string | false | undefined;
  /** Stops the loading; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Is called whenever bytes of a download have arrived. The four files are downloaded at the same time. */
  onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /**
   * Fetches the files.
   * @defaultValue the global `fetch`
   */
  fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Loads MNIST, handwritten digits of 28 × 28 pixels: 60,000 to train and 10,000 to test with, in their usual order.
 *
 * Every file is verified by its SHA-256, those of a folder and of the cache too. A download that breaks off is resumed.
 *
 * @returns Bytes, 0 for the black background, and labels from 0 to 9.
 * @throws TypeError (the promise is rejected) if an option is of the wrong kind, or `directory` and `urls` are both
 * given; RangeError if `urls` is empty; Error if a file is missing, truncated, corrupt, oversized or another one, which
 * says which and why, and lists what every mirror said; the signal's reason if it is aborted.
 */
export async function loadMnist(
  options: LoadMnistOptions = {},
): Promise<{ train: LabeledImages; test: LabeledImages }> {
  checkOptions(options);
  const { directory, urls = mnistMirrors, cache, signal = new AbortController().signal } = options;
  const { onProgress = () => undefined, fetch = globalThis.fetch } = options;
  signal.throwIfAborted();
  const { train, test } = mnistFiles;
  const source: IdxSource =
    directory === undefined
      ? { mirrors: urls, cache: await openCache(cache) }
      : { directory, store: await openDirectory(directory) };
  const [trainImages, trainLabels, testImages, testLabels] = await loadIdxFiles(
    [train.images, train.labels, test.images, test.labels],
    source,
    // Called on its own, as browsers want it.
    { fetch: (...request) => fetch(...request), signal, onProgress, retryDelay: 500, stallTime: 30_000 },
  );
  return {
    train: labelImages(trainImages!, trainLabels!),
    test: labelImages(testImages!, testLabels!),
  };
}

function checkOptions(options: LoadMnistOptions): void {
  requireOptions(options, {
    directory: true,
    urls: true,
    cache: true,
    signal: true,
    onProgress: true,
    fetch: true,
  });
  const { directory, urls, cache, signal, onProgress, fetch } = options;
  const expect = (fits: boolean, name: string, expected: string, value: unknown) => {
    if (!fits) throw new TypeError(`${name}: expected ${expected}, got ${describeValue(value)}`);
  };
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  expect(directory === undefined || isText(directory), 'directory', 'the path of a folder', directory);
  expect(
    urls === undefined || (Array.isArray(urls) && [...urls].every(isText)),
    'urls',
    'a list of URLs',
    urls,
  );
  expect(cache === undefined || cache === false || isText(cache), 'cache', 'a name or false', cache);
  requireSignal(signal);
  requireCallback('onProgress', onProgress);
  requireCallback('fetch', fetch);
  if (directory !== undefined && urls !== undefined) {
    throw new TypeError('directory, urls: expected one of them, got both');
  }
  if (urls?.length === 0) throw new RangeError('urls: expected at least one URL, got none');
}
