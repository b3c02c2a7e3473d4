import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAUNCH_OPTIONS } from '../../scripts/chromium.js';
import type { Site } from '../../scripts/serveSite.js';
import { bundleApp } from '../pages/bundleApp';
import { openPage } from '../pages/openPage';
import { serveApp } from '../pages/serveApp';

/** Starts the backend, in a page or a worker, and says what came of it. */
const APP = `
  import { useWasmBackend } from 'layerscope';
  import { engine, getBackend, square, tensor1d } from '@tensorflow/tfjs-core';

  globalThis.start = async (options) => {
    try {
      await useWasmBackend(options);
      const threads = engine().backend.wasm.tfjs.getThreadsCount();
      return [getBackend(), threads, ...(await square(tensor1d([2, 3])).data())].join();
    } catch (error) {
      return error.name + ': ' + error.message;
    }
  };
  if (typeof document === 'undefined') {
    onmessage = async ({ data }) => postMessage(await start(data));
    postMessage('ready');
  }
`;

const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** All that a page needs for one thread: nothing but its own scripts, and WebAssembly. */
const LEAST = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

/** What the app says where the backend runs: the squares of 2 and 3, after the number of threads. */
const RUNS = 'wasm,1,4,9';
const RUNS_THREADED = 'wasm,2,4,9';

const NO_WASM =
  "Error: useWasmBackend: the content security policy of this page forbids WebAssembly; its script-src must allow 'wasm-unsafe-eval'";
const NO_WORKERS =
  'Error: threads: the content security policy of this page forbids the workers; its worker-src must allow blob:';
const NO_READING =
  'Error: paths: the content security policy of this page forbids reading /wasm/tfjs-backend-wasm-simd.wasm; its connect-src must allow that address';

let browser: Browser;
let site: Site;
let headers: Record<string, string> = {};

beforeAll(async () => {
  const require = createRequire(import.meta.url);
  const files = await bundleApp({ 'main.js': APP });
  site = await serveApp(
    files,
    () => headers,
    (path) => {
      if (!path.startsWith('/wasm/')) return undefined;
      const file = require.resolve(`@tensorflow/tfjs-backend-wasm/dist/${path.slice('/wasm/'.length)}`);
      return { type: 'application/wasm', body: readFileSync(file) };
    },
  );
  browser = await chromium.launch(LAUNCH_OPTIONS);
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Opens a page with a policy and starts the backend in it with some options after the other. */
async function start(
  policy: string,
  attempts: readonly object[],
  { worker = false, isolated = true }: { worker?: boolean; isolated?: boolean } = {},
) {
  headers = { 'Content-Security-Policy': policy, ...(isolated ? ISOLATED : {}) };
  const { page, messages, close } = await openPage(browser, site.origin);
  const outcomes = await page.evaluate(runAttempts, { attempts, worker });
  await close();
  return { outcomes, messages };
}

/** Runs in the page. */
async function runAttempts({ attempts, worker }: { attempts: readonly object[]; worker: boolean }) {
  // tfjs takes half as many threads as there are logical cores.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });
  const app = globalThis as unknown as { start(options: object): Promise<string> };
  let run = (options: object) => app.start(options);
  if (worker) {
    const other = new Worker('/main.js', { type: 'module' });
    const hear = () =>
      new Promise<string>((resolve) =>
        other.addEventListener('message', ({ data }) => resolve(data), { once: true }),
      );
    await hear();
    run = (options) => {
      other.postMessage(options);
      return hear();
    };
  }
  const outcomes: string[] = [];
  for (const options of attempts) outcomes.push(await run(options));
  return outcomes;
}

describe('useWasmBackend in a minified page with a content security policy', () => {
  it.each([{ worker: false }, { worker: true }])('needs no more than WebAssembly: %o', async (place) => {
    const { outcomes, messages } = await start(`${LEAST}; worker-src 'self'`, [{}], place);
    expect({ outcomes, messages }).toEqual({ outcomes: [RUNS], messages: [] });
  });

  it.each([{ worker: false }, { worker: true }])('names script-src: %o', async (place) => {
    const { outcomes, messages } = await start("script-src 'self'", [{}, {}], place);
    expect({ outcomes, messages }).toEqual({ outcomes: [NO_WASM, NO_WASM], messages: [] });
  });

  it.each([{ worker: false }, { worker: true }])(
    'names connect-src, and starts without `paths`: %o',
    async (place) => {
      const { outcomes, messages } = await start(
        `${LEAST}; worker-src 'self'`,
        [{ paths: '/wasm/' }, {}],
        place,
      );
      expect(outcomes).toEqual([NO_READING, RUNS]);
      // Chromium's own words, none of tfjs's.
      expect(messages.filter((message) => !message.includes('Content Security Policy'))).toEqual([]);
    },
  );

  it.each([{ worker: false }, { worker: true }])(
    'names worker-src, and starts without threads: %o',
    async (place) => {
      const { outcomes, messages } = await start(
        `${LEAST}; worker-src 'self'`,
        [{ threads: true }, {}],
        place,
      );
      expect(outcomes).toEqual([NO_WORKERS, RUNS]);
      expect(messages.filter((message) => !message.includes('Content Security Policy'))).toEqual([]);
    },
  );

  it('starts threads where workers of blob: are allowed', async () => {
    const { outcomes, messages } = await start(`${LEAST}; worker-src blob:`, [
      { threads: true },
      { threads: 2 },
    ]);
    expect({ outcomes, messages }).toEqual({ outcomes: [RUNS_THREADED, RUNS_THREADED], messages: [] });
  });
});

describe('useWasmBackend with files of the app', () => {
  it('reads them, those with threads too', async () => {
    const policy = `${LEAST}; worker-src blob:; connect-src 'self'`;
    for (const [options, outcome] of [
      [{ paths: '/wasm/' }, RUNS],
      [{ paths: '/wasm/', threads: true }, RUNS_THREADED],
    ] as const) {
      expect(await start(policy, [options])).toEqual({ outcomes: [outcome], messages: [] });
    }
  });

  it('says what is wrong with them, and can be called again', async () => {
    const names = ['', '-simd', '-threaded-simd'].map((part) => `tfjs-backend-wasm${part}.wasm`);
    const attempts = [
      { paths: '/nowhere/' },
      { paths: Object.fromEntries(names.map((name) => [name, '/main.js'])) },
      { paths: 'http://localhost:1/' },
      { paths: '/wasm/' },
    ];
    const { outcomes, messages } = await start(`${LEAST}; connect-src *`, attempts);
    expect(outcomes).toEqual([
      'Error: paths: expected a .wasm file at /nowhere/tfjs-backend-wasm-simd.wasm, got status 404',
      expect.stringMatching(
        /^Error: useWasmBackend: expected WebAssembly in \/main\.js, got something else \(/,
      ),
      'Error: paths: expected a .wasm file at http://localhost:1/tfjs-backend-wasm-simd.wasm, got no answer (Failed to fetch)',
      RUNS,
    ]);
    expect(messages.filter((message) => !message.startsWith('error: Failed to load resource'))).toEqual([]);
  });
});

describe('useWasmBackend with threads on a page that is not isolated', () => {
  it('names the headers, and starts without threads', async () => {
    const { outcomes, messages } = await start(LEAST, [{ threads: true }, {}], { isolated: false });
    expect(outcomes).toEqual([
      'Error: threads: expected a cross-origin isolated page; it must be served over https or from localhost with the headers ' +
        'Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
      RUNS,
    ]);
    expect(messages).toEqual([]);
  });
});
