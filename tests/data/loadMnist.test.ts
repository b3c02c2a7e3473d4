import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadMnist } from '../../src/data/loadMnist';
import { type FileServer, send, startServer } from './fileServer';
import { type Fixture, makeImages, makeLabels } from './idxFixtures';

/** Four small files in the place of MNIST's. */
const fixtures = vi.hoisted(() => ({ files: undefined as unknown }));
vi.mock('../../src/data/mnistFiles', async (importOriginal) => ({
  ...(await importOriginal<typeof import('../../src/data/mnistFiles')>()),
  get mnistFiles() {
    return fixtures.files;
  },
}));

const train = { images: makeImages('train-images', 30), labels: makeLabels('train-labels', 30) };
const test = { images: makeImages('test-images', 20), labels: makeLabels('test-labels', 20) };
const all: readonly Fixture[] = [train.images, train.labels, test.images, test.labels];
const filesOf = ({ images, labels }: typeof train) => ({ images: images.file, labels: labels.file });
fixtures.files = { train: filesOf(train), test: filesOf(test) };

let folder: string;
let server: FileServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'caches'));
  server = await startServer(
    Object.fromEntries(all.map(({ file, gzipped }) => [`${file.name}.gz`, send(gzipped)])),
  );
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

function expectSets(sets: Awaited<ReturnType<typeof loadMnist>>): void {
  for (const [set, { images, labels }] of [
    [sets.train, train],
    [sets.test, test],
  ] as const) {
    expect([set.count, set.height, set.width]).toEqual([labels.plain.length - 8, 20, 20]);
    expect(Buffer.compare(Buffer.from(set.images), images.plain.subarray(16))).toBe(0);
    expect([...set.labels]).toEqual([...labels.plain.subarray(8)]);
  }
}

describe('loadMnist', () => {
  it('loads both sets by HTTP and keeps the files', async () => {
    const cache = join(folder, 'new', 'cache');
    expectSets(await loadMnist({ urls: [server.url], cache }));
    expect((await readdir(cache)).sort()).toEqual(all.map(({ file }) => `${file.name}.gz`).sort());
    expectSets(await loadMnist({ urls: [server.url], cache }));
    expect(server.requests.length).toBe(4);
    expectSets(await loadMnist({ directory: cache }));
  });

  it('keeps them in the default folder unless told otherwise', async () => {
    expectSets(await loadMnist({ urls: [server.url], cache: false }));
    expect(await readdir(folder)).toEqual([]);
    expectSets(await loadMnist({ urls: [server.url] }));
    expect((await readdir(join(folder, 'caches', 'layerscope'))).length).toBe(4);
    expectSets(await loadMnist({ urls: [server.url] }));
    expect(server.requests.length).toBe(8);
  });

  it('does without the default folder where it does not work, but not without one that is named', async () => {
    await writeFile(join(folder, 'caches'), 'a file');
    expectSets(await loadMnist({ urls: [server.url] }));
    await expect(loadMnist({ urls: [server.url], cache: join(folder, 'caches') })).rejects.toThrow(
      `cache: expected a folder that can be read, got "${join(folder, 'caches')}" (ENOTDIR)`,
    );
  });

  it('loads gzipped and plain files from a folder, without asking anybody', async () => {
    for (const [at, { file, gzipped, plain }] of all.entries()) {
      await writeFile(join(folder, at % 2 ? file.name : `${file.name}.gz`), at % 2 ? plain : gzipped);
    }
    const fetch = vi.fn<typeof globalThis.fetch>();
    expectSets(await loadMnist({ directory: folder, fetch }));
    expect(fetch).not.toHaveBeenCalled();
  });

  it('says which file is missing, and where', async () => {
    const directory = join(folder, 'missing');
    await expect(loadMnist({ directory })).rejects.toThrow(
      `directory: expected train-images.gz or train-images in "${directory}", found neither`,
    );
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(loadMnist({ directory: file })).rejects.toThrow(
      `directory: expected a folder that can be read, got "${file}" (ENOTDIR)`,
    );
  });

  it('asks two public mirrors by the fetch that it is given', async () => {
    const asked: string[] = [];
    const fetch = async (url: unknown) => {
      asked.push(String(url));
      return new Response(null, { status: 404 });
    };
    const loading = loadMnist({ fetch, cache: false });
    await expect(loading).rejects.toThrow(/^[\w-]+: expected one of the mirrors to have it, but https:/);
    const mirrors = [
      'https://storage.googleapis.com/cvdf-datasets/mnist/',
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
    ];
    const ofFile = asked.filter((url) => /train-images(\.gz)?$/.test(url));
    expect(ofFile).toEqual(
      mirrors.flatMap((mirror) => [`${mirror}train-images.gz`, `${mirror}train-images`]),
    );
  });

  it('calls fetch on its own', async () => {
    const seen: unknown[] = [];
    async function fetch(this: unknown): Promise<Response> {
      seen.push(this);
      return new Response(null, { status: 404 });
    }
    await expect(loadMnist({ fetch, cache: false })).rejects.toThrow();
    expect(new Set(seen)).toEqual(new Set([undefined]));
  });

  it('tells of every file how far it has come', async () => {
    const received: Record<string, number> = {};
    await loadMnist({
      urls: [server.url],
      cache: false,
      onProgress: (progress) => {
        received[progress.file] = progress.received;
      },
    });
    expect(received).toEqual(Object.fromEntries(all.map(({ file, gzipped }) => [file.name, gzipped.length])));
  });

  it('stops with the reason of the signal', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const onProgress = () => controller.abort(reason);
    const loading = loadMnist({ urls: [server.url], signal: controller.signal, onProgress });
    await expect(loading).rejects.toBe(reason);
    await expect(loadMnist({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(loadMnist({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each<[object, string]>([
    [{ directory: 3 }, 'directory: expected the path of a folder, got 3'],
    [{ directory: '' }, 'directory: expected the path of a folder, got ""'],
    [{ urls: 'https://example.org/' }, 'urls: expected a list of URLs, got "https://example.org/"'],
    [{ urls: ['https://example.org/', 3] }, 'urls: expected a list of URLs, got [https://example.org/, 3]'],
    [{ cache: true }, 'cache: expected a name or false, got true'],
    [{ cache: '' }, 'cache: expected a name or false, got ""'],
    [{ signal: {} }, 'signal: expected an AbortSignal, got an object'],
    [{ onProgress: 'log' }, 'onProgress: expected a function, got "log"'],
    [{ fetch: null }, 'fetch: expected a function, got null'],
    [{ directory: 'mnist', urls: ['/mnist/'] }, 'directory, urls: expected one of them, got both'],
    [{ urls: new Array(2) }, 'urls: expected a list of URLs, got [?, ?]'],
  ])('refuses %o', async (options, message) => {
    await expect(loadMnist(options as never)).rejects.toThrow(new TypeError(message));
  });

  it.each<[unknown, string]>([
    ['5', '"5"'],
    [null, 'null'],
    [[], '[]'],
    [new URL('file:///mnist/'), 'a URL'],
  ])('refuses %o in place of options before it asks anybody', async (options, got) => {
    const fetch = vi.fn();
    vi.stubGlobal('fetch', fetch);
    await expect(loadMnist(options as never)).rejects.toThrow(
      new TypeError(`options: expected an object, got ${got}`),
    );
    expect(fetch).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });

  it.runIf(process.platform === 'linux').each([
    ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['a device', (path: string) => symlinkSync('/dev/zero', path)],
  ])('refuses %s in the folder without opening it', async (_, make) => {
    const path = join(folder, 'train-images.gz');
    make(path);
    const options = [{ directory: folder }, { urls: [server.url], cache: folder }];
    for (const [at, argument] of ['directory', 'cache'].entries()) {
      await expect(loadMnist(options[at])).rejects.toThrow(
        new Error(`${argument}: expected a file, got "${path}", which is a device or a pipe`),
      );
    }
  });

  it('reads no file that is larger than any of the four', async () => {
    const path = join(folder, 'train-images.gz');
    await writeFile(path, '');
    await truncate(path, 2 ** 40);
    await expect(loadMnist({ directory: folder })).rejects.toThrow(
      new RangeError(`directory: expected a file of at most 67108864 bytes, got "${path}" of 1099511627776`),
    );
    expectSets(await loadMnist({ urls: [server.url], cache: folder }));
    expect((await stat(path)).size).toBe(train.images.gzipped.length);
  });

  it.each(['directory', 'cache'])('shows both ends of a long path: %s', async (name) => {
    const path = join(folder, 'x'.repeat(5000));
    const got = `"${path.slice(0, 50)}…${path.slice(-49)}"`;
    const options = name === 'cache' ? { urls: [server.url], cache: path } : { directory: path };
    await expect(loadMnist(options)).rejects.toThrow(
      new Error(`${name}: expected a folder that can be read, got ${got} (ENAMETOOLONG)`),
    );
  });

  it('refuses a list without URLs', async () => {
    await expect(loadMnist({ urls: [] })).rejects.toThrow(
      new RangeError('urls: expected at least one URL, got none'),
    );
  });
});
