import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadProgress, Transfer } from '../../src/data/download/receive';
import { loadIdxFiles } from '../../src/data/loadIdxFiles';
import { noStore } from '../../src/data/store/ByteStore';
import { folderStore } from '../../src/data/store/folderStore';
import { cutOff, type FileServer, type Handler, inTurn, send, sendRange, startServer } from './fileServer';
import { hashOf, makeImages, makeLabels } from './idxFixtures';

const images = makeImages('images', 500);
const labels = makeLabels('labels', 500);
const { gzipped, plain, file } = images;
const half = Math.floor(gzipped.length / 2);

let folder: string;
let servers: FileServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
  await rm(folder, { recursive: true });
});

async function serve(handlers: Readonly<Record<string, Handler>>): Promise<FileServer> {
  const server = await startServer(handlers);
  servers.push(server);
  return server;
}

/** A server that is there and then no longer. */
async function deadUrl(): Promise<string> {
  const server = await startServer({});
  await server.close();
  return server.url;
}

function transferWith(options: Partial<Transfer> = {}): Transfer {
  return {
    fetch: globalThis.fetch,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    retryDelay: 1,
    stallTime: 10_000,
    ...options,
  };
}

/** Loads the images, by way of a cache in the folder. */
async function load(mirrors: readonly string[], options?: Partial<Transfer>): Promise<Uint8Array> {
  const cache = await folderStore('cache', folder);
  const [content] = await loadIdxFiles([file], { mirrors, cache }, transferWith(options));
  expect(content!.shape).toEqual([500, 20, 20]);
  return content!.data as Uint8Array;
}

function expectImages(data: Uint8Array): void {
  expect(Buffer.compare(Buffer.from(data), plain.subarray(16))).toBe(0);
}

describe('a download', () => {
  it.each<[string, Record<string, Handler>, string[], string[]]>([
    ['a gzipped file', { 'images.gz': send(gzipped) }, ['images.gz'], ['images.gz']],
    ['a plain file', { images: send(plain) }, ['images.gz', 'images'], ['images']],
    ['a plain file under the name of a gzipped one', { 'images.gz': send(plain) }, ['images.gz'], ['images']],
    [
      'a file that the server has fetch unpack',
      { 'images.gz': send(gzipped, { 'content-encoding': 'gzip' }) },
      ['images.gz'],
      ['images'],
    ],
    [
      'a plain file where a page is sent for any other name',
      { 'images.gz': send(Buffer.from('<!doctype html>')), images: send(plain) },
      ['images.gz', 'images'],
      ['images'],
    ],
    [
      'a file of unknown length',
      { 'images.gz': (_, response) => response.writeHead(200).end(gzipped) },
      ['images.gz'],
      ['images.gz'],
    ],
  ])('takes %s', async (_, handlers, requests, kept) => {
    const server = await serve(handlers);
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(requests);
    expect(await readdir(folder)).toEqual(kept);
  });

  it('takes a folder without a slash at its end', async () => {
    const server = await serve({ 'images.gz': send(gzipped) });
    expectImages(await load([server.url.slice(0, -1)]));
  });

  it('says how far it has come', async () => {
    const server = await serve({ 'images.gz': send(gzipped) });
    const progress: DownloadProgress[] = [];
    await load([server.url], { onProgress: (step) => progress.push(step) });
    expect(progress.at(-1)).toEqual({
      file: 'images',
      received: gzipped.length,
      total: gzipped.length,
      source: `${server.url}images.gz`,
    });
    const received = progress.map((step) => step.received);
    expect(received).toEqual([...received].sort((one, other) => one - other));
  });

  it('does not say how much there will be where it cannot know', async () => {
    const server = await serve({ 'images.gz': send(gzipped, { 'content-encoding': 'gzip' }) });
    const progress: DownloadProgress[] = [];
    await load([server.url], { onProgress: (step) => progress.push(step) });
    expect(progress.at(-1)).toMatchObject({ received: plain.length, total: undefined });
  });

  it.each<[string, Handler, number, string]>([
    ['is not there', (_, response) => response.writeHead(404).end(), 2, 'got 404 Not Found'],
    ['is forbidden', (_, response) => response.writeHead(403).end(), 2, 'got 403 Forbidden'],
    ['fails', (_, response) => response.writeHead(503).end(), 3, 'got 503 Service Unavailable'],
    ['is a part', (_, response) => response.writeHead(206).end(gzipped), 2, 'got 206 Partial Content'],
    ['breaks off', (_, response) => response.socket!.destroy(), 3, 'got no answer (UND_ERR_SOCKET)'],
  ])('goes on to the next mirror where one %s', async (_, handler, requests, reason) => {
    const bad = await serve({ 'images.gz': handler, images: handler });
    const good = await serve({ 'images.gz': send(gzipped) });
    expectImages(await load([bad.url, good.url]));
    expect(bad.requests.length).toBe(requests);
    await rm(join(folder, 'images.gz'));
    await expect(load([bad.url])).rejects.toThrow(`${bad.url}images.gz ${reason}`);
  });

  it('goes on to the next mirror where one is dead', async () => {
    const good = await serve({ 'images.gz': send(gzipped) });
    expectImages(await load([await deadUrl(), good.url]));
  });

  it('goes on to the next mirror where one sends nothing more', async () => {
    const silent = await serve({ 'images.gz': (_, response) => response.writeHead(200).write('some') });
    const good = await serve({ 'images.gz': send(gzipped) });
    expectImages(await load([silent.url, good.url], { stallTime: 100 }));
    expect(silent.requests.length).toBe(3);
  });

  it('tries again what may pass', async () => {
    const busy: Handler = (_, response) => response.writeHead(429).end();
    const server = await serve({ 'images.gz': inTurn(busy, busy, send(gzipped)) });
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(['images.gz', 'images.gz', 'images.gz']);
  });

  it('lists what every mirror said', async () => {
    const dead = await deadUrl();
    const server = await serve({});
    await expect(load([dead, server.url])).rejects.toThrow(
      new Error(
        `images: expected one of the mirrors to have it, but ${dead}images.gz got no answer (ECONNREFUSED); ` +
          `${server.url}images.gz got 404 Not Found; ${server.url}images got 404 Not Found`,
      ),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('stops all files when one fails', async () => {
    const server = await serve({ 'images.gz': (_, response) => response.writeHead(200).write('some') });
    const loading = loadIdxFiles(
      [file, labels.file],
      { mirrors: [server.url], cache: noStore },
      transferWith(),
    );
    await expect(loading).rejects.toThrow('labels: expected one of the mirrors to have it');
  });

  it('passes on what onProgress throws, at once', async () => {
    const server = await serve({ 'images.gz': send(gzipped) });
    const error = new Error('of the app');
    const onProgress = () => {
      throw error;
    };
    await expect(load([server.url], { onProgress })).rejects.toBe(error);
    expect(server.requests.length).toBe(1);
  });
});

describe('a download that is cut off', () => {
  it('is resumed', async () => {
    const server = await serve({
      'images.gz': inTurn(cutOff(gzipped, half, '"1"'), sendRange(gzipped, '"1"')),
    });
    const progress: DownloadProgress[] = [];
    expectImages(await load([server.url], { onProgress: (step) => progress.push(step) }));
    expect(server.requests).toEqual(['images.gz', `images.gz bytes=${half}- "1"`]);
    expect(progress.at(-1)).toMatchObject({ received: gzipped.length, total: gzipped.length });
    expect(await readdir(folder)).toEqual(['images.gz']);
  });

  it.each([undefined, 'W/"1"'])('is resumed without a condition where the tag is %s', async (etag) => {
    const server = await serve({
      'images.gz': inTurn(cutOff(gzipped, half, etag), sendRange(gzipped, '"1"')),
    });
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(['images.gz', `images.gz bytes=${half}-`]);
  });

  it('starts again where the file has changed', async () => {
    const server = await serve({
      'images.gz': inTurn(cutOff(plain, half, '"1"'), sendRange(gzipped, '"2"')),
    });
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(['images.gz', `images.gz bytes=${half}- "1"`]);
  });

  it('starts again where the file has changed and the server has not said so', async () => {
    const server = await serve({ 'images.gz': inTurn(cutOff(plain, half), sendRange(gzipped, '"2"')) });
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(['images.gz', `images.gz bytes=${half}-`, 'images.gz']);
  });

  it('starts again where the server cannot send a part', async () => {
    const server = await serve({ 'images.gz': inTurn(cutOff(gzipped, half), send(gzipped)) });
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(['images.gz', `images.gz bytes=${half}-`]);
  });

  it('starts again where the server sends another part', async () => {
    const other: Handler = (_, response) =>
      response
        .writeHead(206, { 'content-range': `bytes 0-9/${gzipped.length}` })
        .end(gzipped.subarray(0, 10));
    const server = await serve({ 'images.gz': inTurn(cutOff(gzipped, half), other, send(gzipped)) });
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(['images.gz', `images.gz bytes=${half}-`, 'images.gz']);
  });

  it('starts again where fetch has unpacked what came', async () => {
    const cut: Handler = (_, response) => {
      response.writeHead(200, { 'content-length': gzipped.length, 'content-encoding': 'gzip' });
      response.write(gzipped.subarray(0, half), () => setTimeout(() => response.socket?.destroy(), 30));
    };
    const server = await serve({ 'images.gz': inTurn(cut, send(gzipped)) });
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(['images.gz', 'images.gz']);
  });

  it.each<[string, OutgoingHttpHeaders]>([
    ['a part without an end', { 'content-range': `bytes ${half}-` }],
    ['a part of a file of any size', { 'content-range': `bytes ${half}-9e9/1e999` }],
    ['a part that begins nowhere', { 'content-range': 'bytes -1-2/3' }],
    ['no part at all', { 'content-range': 'x'.repeat(8000) }],
    ['a tag of its own', { 'content-range': `bytes ${half}-`, etag: '"\x80<!--"' }],
    ['a tag without an end', { 'content-range': `bytes ${half}-`, etag: `"${'a'.repeat(8000)}` }],
  ])('is not misled by a server that sends the rest as %s', async (_, headers) => {
    const rest: Handler = (_, response) => response.writeHead(206, headers).end(gzipped.subarray(half));
    const server = await serve({ 'images.gz': inTurn(cutOff(gzipped, half), rest, send(gzipped)) });
    expectImages(await load([server.url]));
    expect(await readdir(folder)).toEqual(['images.gz']);
  });

  it.each(['-1', '1e999', 'NaN', '0x10', '', '99999999999999999999', '7, 7'])(
    'goes by what arrives where an answer claims "%s" bytes',
    async (length) => {
      // Node lets no server say this, nor accepts it: a fetch of the caller's may.
      const claim = async () =>
        new Response(new Uint8Array(gzipped), { headers: { 'content-length': length } });
      const isLess = Number(length) > gzipped.length;
      const loading = load(['http://localhost/'], { fetch: claim });
      if (isLess) await expect(loading).rejects.toThrow('truncated');
      else expectImages(await loading);
    },
  );

  it('is kept under another name and resumed by a later call', async () => {
    const broken: Handler = (_, response) => response.socket!.destroy();
    const server = await serve({
      'images.gz': inTurn(cutOff(gzipped, half, '"1"'), broken, broken, sendRange(gzipped, '"1"')),
    });
    await expect(load([server.url])).rejects.toThrow('got no answer');
    expect(await readdir(folder)).toEqual(['images.part']);
    expectImages(await load([server.url]));
    expect(server.requests.at(-1)).toBe(`images.gz bytes=${half}-`);
    expect(server.requests.length).toBe(4);
    expect(await readdir(folder)).toEqual(['images.gz']);
  });

  it.each<[string, (url: string) => Uint8Array | string, string[]]>([
    ['another mirror', () => Buffer.from('{"url":"https://example.org/images.gz"}\nabc'), ['images.gz']],
    ['nobody knows where', () => 'abc', ['images.gz']],
    ['a file that is no part', () => 'null\nabc', ['images.gz']],
    [
      'a state whose name has a line feed',
      (url) => `{"url":"${url}images.gz","etag":"\\"a\\nb\\""}\nabc`,
      ['images.gz'],
    ],
    ['a state whose name is none', (url) => `{"url":"${url}images.gz","etag":7}\nabc`, ['images.gz']],
    [
      'a state with a long name',
      (url) => `{"url":"${url}images.gz","etag":"\\"${'a'.repeat(100_000)}\\""}\nabc`,
      ['images.gz'],
    ],
    ['other bytes', (url) => `{"url":"${url}images.gz"}\nabc`, ['images.gz bytes=3-', 'images.gz']],
    [
      'all of the file and more',
      (url) => Buffer.concat([Buffer.from(`{"url":"${url}images.gz"}\n`), gzipped, Buffer.alloc(9)]),
      [`images.gz bytes=${gzipped.length + 9}-`, 'images.gz'],
    ],
    [
      'far more than the file has',
      (url) => Buffer.concat([Buffer.from(`{"url":"${url}images.gz"}\n`), Buffer.alloc(file.size * 2)]),
      [`images.gz bytes=${file.size * 2}-`, 'images.gz'],
    ],
  ])('is not misled by a part of %s', async (_, makePart, requests) => {
    const server = await serve({ 'images.gz': sendRange(gzipped, '"1"') });
    await writeFile(join(folder, 'images.part'), makePart(server.url));
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(requests);
    expect(await readdir(folder)).toEqual(['images.gz']);
  });

  it('drops a part that the server refuses to go on with, so that the next call has the file', async () => {
    const server = await serve({
      'images.gz': (request, response) =>
        request.headers.range === undefined ? response.end(gzipped) : response.writeHead(400).end(),
    });
    await writeFile(join(folder, 'images.part'), `{"url":"${server.url}images.gz"}\nabc`);
    await expect(load([server.url])).rejects.toThrow('got 400 Bad Request');
    expect(await readdir(folder)).toEqual([]);
    expectImages(await load([server.url]));
  });
});

/** Copies that are not the file, and what is said of them. */
const other = Buffer.from(plain).fill(9, 500, 501);
const BAD_COPIES: readonly (readonly [string, Uint8Array, string])[] = [
  ['another file', other, `expected the SHA-256 ${file.sha256}, got ${hashOf(other)}`],
  ['another file, gzipped', gzipSync(other), `expected the SHA-256 ${file.sha256}, got ${hashOf(other)}`],
  ['labels', labels.gzipped, `expected ${file.size} bytes, got ${labels.file.size}, truncated`],
  [
    'a page',
    Buffer.from('<!doctype html>'),
    'expected an IDX file, which begins with 00 00, got 3c 21 64 6f',
  ],
  [
    'a part of the file',
    plain.subarray(0, 9999),
    `expected ${file.size} bytes for the shape [500, 20, 20], got 9999, truncated`,
  ],
  [
    'the file with more after it',
    Buffer.concat([plain, plain.subarray(0, 7)]),
    `expected ${file.size} bytes for the shape [500, 20, 20], got ${file.size + 7}, oversized by 7`,
  ],
  [
    'a part of the gzip file',
    gzipped.subarray(0, -100),
    `expected a whole gzip file of ${file.size} bytes, got one that is truncated or corrupt after `,
  ],
  [
    'a gzip file with a changed byte',
    Buffer.from(gzipped).fill(gzipped[half]! ^ 1, half, half + 1),
    `expected a whole gzip file of ${file.size} bytes, got one that is truncated or corrupt after `,
  ],
  [
    'a small file that unpacks to a very large one',
    gzipSync(Buffer.alloc(50_000_000)),
    `expected ${file.size} bytes, got a gzip file of more, oversized`,
  ],
];

describe('a copy that is not the file', () => {
  it.each(BAD_COPIES)('is refused from a mirror: %s', async (_, copy, reason) => {
    const server = await serve({ 'images.gz': send(copy) });
    await expect(load([server.url])).rejects.toThrow(
      `images: expected one of the mirrors to have it, but ${server.url}images.gz ${reason}`,
    );
    expect(server.requests).toEqual(['images.gz', 'images']);
    expect(await readdir(folder)).toEqual([]);
    const good = await serve({ 'images.gz': send(gzipped) });
    expectImages(await load([server.url, good.url]));
  });

  it.each(BAD_COPIES)('is replaced in the cache without a word: %s', async (_, copy) => {
    const server = await serve({ 'images.gz': send(gzipped) });
    for (const name of ['images.gz', 'images']) await writeFile(join(folder, name), copy);
    expectImages(await load([server.url]));
    expect(await readdir(folder)).toEqual(['images.gz']);
    expect(Buffer.compare(await readFile(join(folder, 'images.gz')), gzipped)).toBe(0);
  });

  it.each(BAD_COPIES)('is refused from a folder: %s', async (_, copy, reason) => {
    await writeFile(join(folder, 'images.gz'), copy);
    const store = await folderStore('directory', folder);
    const loading = loadIdxFiles([file], { directory: folder, store }, transferWith());
    await expect(loading).rejects.toThrow(`images.gz in "${folder}": ${reason}`);
  });

  it('is refused before it has all arrived, if it is oversized', async () => {
    let sent = 0;
    const server = await serve({
      'images.gz': (_, response) => {
        const push = () => {
          while (!response.destroyed && response.write(Buffer.alloc(100_000))) sent += 100_000;
        };
        response.on('drain', push);
        push();
      },
    });
    await expect(load([server.url])).rejects.toThrow(
      `images.gz expected at most ${Math.ceil(file.size * 1.01) + 1024} bytes, got more, oversized`,
    );
    expect(sent).toBeLessThan(50_000_000);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the cache', () => {
  it.each(['images.gz', 'images'])('is asked before any mirror: %s', async (name) => {
    const server = await serve({});
    await writeFile(join(folder, name), name === 'images' ? plain : gzipped);
    expectImages(await load([server.url]));
    expect(server.requests).toEqual([]);
  });

  it('holds what has been downloaded', async () => {
    const server = await serve({ 'images.gz': send(gzipped) });
    expectImages(await load([server.url]));
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(['images.gz']);
  });

  it('serves calls at the same time', async () => {
    const server = await serve({ 'images.gz': send(gzipped) });
    const loaded = await Promise.all([load([server.url]), load([server.url]), load([server.url])]);
    loaded.forEach(expectImages);
    expect(await readdir(folder)).toEqual(['images.gz']);
  });

  it('must work', async () => {
    const server = await serve({ 'images.gz': send(gzipped) });
    const path = join(folder, 'file');
    await writeFile(path, '');
    const cache = await folderStore('cache', path);
    await expect(loadIdxFiles([file], { mirrors: [server.url], cache }, transferWith())).rejects.toThrow(
      `cache: expected a folder that can be read, got "${path}" (ENOTDIR)`,
    );
  });
});

describe('a folder', () => {
  it('may have gzipped and plain files', async () => {
    await writeFile(join(folder, 'images.gz'), gzipped);
    await writeFile(join(folder, 'labels'), labels.plain);
    const store = await folderStore('directory', folder);
    const source = { directory: folder, store };
    const [first, second] = await loadIdxFiles([file, labels.file], source, transferWith());
    expectImages(first!.data as Uint8Array);
    expect(second!.shape).toEqual([500]);
    expect([...second!.data.subarray(8, 12)]).toEqual([8, 9, 0, 1]);
    expect((await readdir(folder)).sort()).toEqual(['images.gz', 'labels']);
  });

  it('names the first file that is missing, however slow it is to say so', async () => {
    const store = {
      ...noStore,
      read: async (name: string) => {
        if (name.startsWith(images.file.name)) await new Promise((resolve) => setTimeout(resolve, 30));
        return undefined;
      },
    };
    await expect(
      loadIdxFiles([images.file, labels.file], { directory: folder, store }, transferWith()),
    ).rejects.toThrow(`expected ${images.file.name}.gz or ${images.file.name} in`);
  });

  it('must have every file', async () => {
    await writeFile(join(folder, 'images.gz'), gzipped);
    const store = await folderStore('directory', folder);
    await expect(
      loadIdxFiles([file, labels.file], { directory: folder, store }, transferWith()),
    ).rejects.toThrow(`directory: expected labels.gz or labels in "${folder}", found neither`);
  });
});

describe('an aborted signal', () => {
  const reason = new Error('enough');

  it('stops before anything is asked', async () => {
    const server = await serve({ 'images.gz': send(gzipped) });
    await expect(load([server.url], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });

  it('stops in the middle of a file, which is kept under another name only', async () => {
    const controller = new AbortController();
    const slow: Handler = (_, response) => {
      response.writeHead(200, { 'content-length': gzipped.length, etag: '"1"' });
      response.write(gzipped.subarray(0, half));
    };
    const server = await serve({ 'images.gz': inTurn(slow, sendRange(gzipped, '"1"')) });
    let receivedAtAbort = 0;
    const onProgress = ({ received }: DownloadProgress) => {
      receivedAtAbort = received;
      controller.abort(reason);
    };
    await expect(load([server.url], { signal: controller.signal, onProgress })).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual(['images.part']);
    expectImages(await load([server.url]));
    expect(server.requests).toEqual(['images.gz', `images.gz bytes=${receivedAtAbort}- "1"`]);
  });

  // Where it did not end, the test would wait for the server longer than it may.
  it.each<[string, Handler]>([
    ['for an answer', () => undefined],
    ['for the next try', (_, response) => response.writeHead(503).end()],
    ['for the next byte', (_, response) => response.writeHead(200).write('some')],
  ])('ends the wait %s', async (_, handler) => {
    const controller = new AbortController();
    const server = await serve({ 'images.gz': handler });
    const loading = load([server.url], { signal: controller.signal, retryDelay: 60_000 });
    setTimeout(() => controller.abort(reason), 100);
    await expect(loading).rejects.toBe(reason);
  });

  it('ends the wait for a fetch that does not care', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 20);
    const fetch = () => new Promise<Response>(() => undefined);
    await expect(load(['https://example.org/'], { signal: controller.signal, fetch })).rejects.toBe(reason);
  });

  it('leaves no listener behind', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let listeners = 0;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...event: Parameters<typeof add>) => {
      listeners++;
      add(...event);
    };
    signal.removeEventListener = (...event: Parameters<typeof remove>) => {
      listeners--;
      remove(...event);
    };
    const server = await serve({ 'images.gz': inTurn(cutOff(gzipped, half), send(gzipped)) });
    await load([server.url], { signal });
    expect(listeners).toBe(0);
  });
});
