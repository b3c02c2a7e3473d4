import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { memory } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import type { OpenModelOptions } from '../../src/formats/OpenModelOptions';
import { openModel } from '../../src/formats/openModel';
import { openModel as openInNode } from '../../src/node/openModel';
import {
  buildClassifier,
  buildTeachable,
  encode,
  encodeJson,
  type Files,
  METADATA,
  predict,
  readFixture,
  saveFiles,
  zip,
} from './modelSources';

type Answer = Uint8Array | ((request: IncomingMessage, response: ServerResponse) => void);

let server: Server;
let origin: string;
let answers: Record<string, Answer>;
let asked: string[];
let small: Files;
let prediction: number[];
let before: number;

beforeAll(async () => {
  await useWasmBackend();
  server = createServer((request, response) => {
    asked.push(request.url!);
    const answer = answers[request.url!.replace(/\?.*$/, '')];
    if (typeof answer === 'function') answer(request, response);
    else if (answer) response.setHeader('content-length', answer.length).end(answer);
    else response.writeHead(404).end('<!doctype html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const model = buildClassifier();
  small = await saveFiles(model, 'parts/group1-shard1of1.bin');
  prediction = predict(model);
  model.dispose();
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  answers = Object.fromEntries(Object.entries(small).map(([name, bytes]) => [`/net/${name}`, bytes]));
  asked = [];
  before = memory().numTensors;
});

async function expectRefused(url: string | URL, words: string, options?: OpenModelOptions) {
  const error: unknown = await openModel(url, options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).message).toBe(words);
  expect(words.length).toBeLessThanOrEqual(400);
  expect(memory().numTensors).toBe(before);
}

describe('a model.json at an address', () => {
  it('is opened with its weights beside it, which keep the query', async () => {
    for (const open of [openModel, openInNode]) {
      for (const url of [`${origin}/net/model.json?token=1`, new URL(`${origin}/net/model.json?token=1`)]) {
        asked = [];
        const opened = await open(url);
        expect(opened.format).toBe('tfjs-layers');
        expect(predict(opened.model as LayersModel)).toEqual(prediction);
        opened.dispose();
        expect(memory().numTensors).toBe(before);
        expect(asked.slice(0, 2)).toEqual([
          '/net/model.json?token=1',
          '/net/parts/group1-shard1of1.bin?token=1',
        ]);
      }
    }
  });

  it('is looked for in a folder, as Teachable Machine gives its address', async () => {
    const model = buildTeachable();
    const saved = await saveFiles(model);
    model.dispose();
    before = memory().numTensors;
    answers = Object.fromEntries(
      Object.entries(saved).map(([name, bytes]) => [`/models/xyz/${name}`, bytes]),
    );
    answers['/models/xyz/metadata.json'] = encodeJson(METADATA);
    const opened = await openModel(`${origin}/models/xyz/`);
    expect(opened).toMatchObject({
      format: 'teachable-machine',
      classNames: ['Cat', 'Dog'],
      preprocess: 'tf',
    });
    opened.dispose();
  });

  it('tells how much has been read and how much there will be', async () => {
    const told: [number, number | undefined][] = [];
    const opened = await openModel(`${origin}/net/model.json`, {
      onProgress: (loaded, total) => told.push([loaded, total]),
    });
    opened.dispose();
    const all = small['model.json']!.length + small['parts/group1-shard1of1.bin']!.length;
    expect(told.at(-1)).toEqual([all, all]);
  });

  it('may come packed, which says nothing of its size', async () => {
    answers['/net/model.json'] = (_, response) => {
      const packed = gzipSync(small['model.json']!);
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
    };
    const opened = await openModel(`${origin}/net/model.json`);
    expect(opened.format).toBe('tfjs-layers');
    opened.dispose();
  });

  it('says what the server says', async () => {
    await expectRefused(
      `${origin}/none/model.json?token=secret`,
      `source: expected a model that can be read, got "${origin}/none/model.json" (HTTP 404 Not Found)`,
    );
    answers['/net/parts/group1-shard1of1.bin'] = (_, response) => response.writeHead(503).end();
    await expectRefused(
      `${origin}/net/model.json`,
      `source: expected the weights "parts/group1-shard1of1.bin" beside "${origin}/net/model.json", got none that can be read (HTTP 503 Service Unavailable)`,
    );
  });

  it('says that nobody answers', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const url = `http://127.0.0.1:${port}/model.json`;
    await expectRefused(url, `source: expected a model that can be read, got "${url}" (ECONNREFUSED)`);
  });

  it('says so of a page in its place', async () => {
    answers['/net/model.json'] = encode('<!doctype html><title>Sign in</title>');
    await expectRefused(
      `${origin}/net/model.json`,
      `source: expected a model that can be opened, got "${origin}/net/model.json", which is a page of HTML; give the address of the file itself`,
    );
  });

  it.each([
    ['shorter', -4],
    ['longer', 4],
  ])('refuses weights that are %s', async (_, more) => {
    const weights = small['parts/group1-shard1of1.bin']!;
    answers['/net/parts/group1-shard1of1.bin'] = new Uint8Array(weights.length + more);
    await expectRefused(
      `${origin}/net/model.json`,
      `source: expected ${weights.length} bytes in "parts/group1-shard1of1.bin" beside "${origin}/net/model.json", got ${weights.length + more} bytes`,
    );
  });

  it.each([
    [
      'leave the folder',
      '../../other/weights.bin',
      'expected weights in the folder of "URL", got "../../other/weights.bin"',
    ],
    [
      'leave it by an escape',
      '%2e%2e/other/weights.bin',
      'expected the weights "%2e%2e/other/weights.bin" beside "URL", got none that can be read (which is not beside the model)',
    ],
  ])('does not ask for weights that %s', async (_, path, words) => {
    const text = new TextDecoder().decode(small['model.json']);
    answers['/net/model.json'] = encode(text.replace('parts/group1-shard1of1.bin', path));
    const url = `${origin}/net/model.json`;
    await expectRefused(url, `source: ${words.replace('URL', url)}`);
    expect(asked).toEqual(expect.not.arrayContaining([expect.stringContaining('weights.bin')]));
  });

  it('gives up what is larger than it may be, before it has come', async () => {
    let closed: Promise<void> | undefined;
    answers['/net/model.json'] = (_, response) => {
      closed = new Promise((resolve) => response.on('close', () => resolve()));
      response.writeHead(200, { 'content-length': 2 ** 40 });
      response.write('{');
    };
    const url = `${origin}/net/model.json`;
    const words = `source: expected a model of at most 1000 bytes in all, got more with "${url}"; pass maxBytes to open it`;
    await expectRefused(url, words, { maxBytes: 1000 });
    await closed;
    answers['/net/model.json'] = (_, response) => {
      closed = new Promise((resolve) => response.on('close', () => resolve()));
      // Without end, and without saying so.
      const write = () =>
        void (response.write('x'.repeat(500)) ? setImmediate(write) : response.once('drain', write));
      write();
    };
    await expectRefused(url, words, { maxBytes: 1000 });
    await closed;
  });

  it('says that an answer has broken off', async () => {
    answers['/net/model.json'] = (_, response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('{', () => response.destroy());
    };
    const error: unknown = await openModel(`${origin}/net/model.json`).catch((reason: unknown) => reason);
    expect(String(error)).toMatch(
      /^Error: source: expected a model that can be read, got "http.*model\.json" \(/,
    );
    expect(memory().numTensors).toBe(before);
  });

  it('is given up where it is aborted, with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let closed: Promise<void> | undefined;
    answers['/net/parts/group1-shard1of1.bin'] = (_, response) => {
      closed = new Promise((resolve) => response.on('close', () => resolve()));
      response.writeHead(200, { 'content-length': small['parts/group1-shard1of1.bin']!.length });
      response.write(small['parts/group1-shard1of1.bin']!.subarray(0, 10));
      setTimeout(() => controller.abort(reason), 20);
    };
    await expect(openModel(`${origin}/net/model.json`, { signal: controller.signal })).rejects.toBe(reason);
    await closed;
    expect(memory().numTensors).toBe(before);
  });
});

describe('another file at an address', () => {
  it.each<[string, string, () => Uint8Array]>([
    ['a .h5 file', 'hdf5', () => readFixture('keras/files/images.keras2.h5')],
    ['an .onnx file', 'onnx', () => readFixture('onnx/audio.onnx')],
    ['an archive', 'tfjs-layers', () => zip(small)],
  ])('is opened: %s', async (_, format, bytes) => {
    // By an address that says nothing of what it is.
    answers = { '/download': bytes() };
    const opened = await openModel(`${origin}/download?id=7`);
    expect(opened.format).toBe(format);
    opened.dispose();
    expect(memory().numTensors).toBe(before);
    expect(asked.filter((url) => url.startsWith('/download'))).toHaveLength(1);
  });

  it('is fetched by the function that is given', async () => {
    const urls: string[] = [];
    const opened = await openModel('https://example.org/a/net.onnx', {
      fetch: async (url) => {
        urls.push(String(url));
        if (!String(url).endsWith('net.onnx')) return new Response(null, { status: 404 });
        return new Response(readFixture('onnx/audio.onnx') as BodyInit);
      },
    });
    expect(opened.format).toBe('onnx');
    opened.dispose();
    expect(urls[0]).toBe('https://example.org/a/net.onnx');
  });
});
