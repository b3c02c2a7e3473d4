import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAUNCH_OPTIONS } from '../../scripts/chromium.js';
import { serveFolder } from '../../scripts/serveFolder.js';
import type { Site } from '../../scripts/serveSite.js';
import * as source from '../../src/standalone/index';
import { openPage } from '../pages/openPage';

/** Where the file is put for the functions that run in the page. */
type Standalone = typeof globalThis & { standalone: typeof source };

let browser: Browser;
let site: Site;

beforeAll(async () => {
  site = await serveFolder(fileURLToPath(new URL('../..', import.meta.url)), {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  });
  browser = await chromium.launch(LAUNCH_OPTIONS);
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Opens a page that has loaded the file and nothing else. */
async function open() {
  const opened = await openPage(browser, `${site.origin}/package.json`);
  await opened.page.addScriptTag({
    type: 'module',
    content: "globalThis.standalone = await import('/dist/standalone.js');",
  });
  await opened.page.waitForFunction(() => 'standalone' in globalThis);
  return opened;
}

describe('the standalone file in a page', () => {
  it('has what its source exports', async () => {
    const { page, close } = await open();
    const names = await page.evaluate(() => {
      const { standalone } = globalThis as Standalone;
      return { all: Object.keys(standalone), tf: Object.keys(standalone.tf).sort() };
    });
    await close();
    expect(names.all).toEqual(Object.keys(source).sort());
    // Node has one name more, the CommonJS module as a whole.
    const expected = Object.keys(source.tf).filter((name) => name !== 'default');
    expect(names.tf).toEqual(expected.sort());
  });

  it('says where the builds are that are not in it, and runs them from there', async () => {
    const { page, messages, close } = await open();
    const outcomes = await page.evaluate(async () => {
      Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });
      const { tf, useWasmBackend } = (globalThis as Standalone).standalone;
      const attempt = (options: object) =>
        useWasmBackend(options).then(
          async () => `${tf.getBackend()} ${[...(await tf.square(tf.tensor1d([2, 3])).data())]}`,
          (error: Error) => error.message,
        );
      const paths = '/node_modules/@tensorflow/tfjs-backend-wasm/dist/';
      const outcomes = [await attempt({ threads: true }), await attempt({ threads: true, paths })];
      tf.removeBackend('wasm');
      tf.env().set('WASM_HAS_SIMD_SUPPORT', false);
      outcomes.push(await attempt({ allowPlain: true }), await attempt({ allowPlain: true, paths }));
      return outcomes;
    });
    await close();
    const elsewhere =
      'useWasmBackend: expected { paths } to the .wasm files of @tensorflow/tfjs-backend-wasm 4.22.0; ' +
      'the standalone file has only the SIMD build with one thread in it';
    expect({ outcomes, messages }).toEqual({
      outcomes: [elsewhere, 'wasm 4,9', elsewhere, 'wasm 4,9'],
      messages: [],
    });
  });

  it('trains a model of its own, and says nothing', async () => {
    const { page, messages, close } = await open();
    const outcome = await page.evaluate(async () => {
      const { drawDigits, registerTrainingKernels, tf } = (globalThis as Standalone).standalone;
      const path = await registerTrainingKernels();
      const kernelInitializer = tf.initializers.heNormal({ seed: 1 });
      const model = tf.sequential({
        layers: [
          tf.layers.conv2d({
            inputShape: [28, 28, 1],
            filters: 2,
            kernelSize: 5,
            activation: 'relu',
            kernelInitializer,
          }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer }),
        ],
      });
      model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
      const { images, labels } = drawDigits(64, { seed: 1 });
      const x = tf.tensor(
        Float32Array.from(images, (byte) => byte / 255),
        [64, 28, 28, 1],
      );
      const { history } = await model.fit(x, tf.tensor(Float32Array.from(labels)), {
        epochs: 10,
        shuffle: false,
      });
      const losses = history.loss as number[];
      return { path, losses };
    });
    await close();
    expect(outcome.path).toBe('binary');
    expect(outcome.losses.at(-1)).toBeLessThan(outcome.losses[0]! * 0.9);
    expect(messages).toEqual([]);
  });
});
