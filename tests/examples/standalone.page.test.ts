import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAUNCH_OPTIONS } from '../../scripts/chromium.js';
import { serveFolder } from '../../scripts/serveFolder.js';
import type { Site } from '../../scripts/serveSite.js';
import { drawDigit } from '../../src/data/drawDigit';
import { loadArticleCnn } from '../../src/model/article/loadArticleCnn';
import { renderRgba } from '../../src/render/rgba/renderRgba';
import { visualizeLayers } from '../../src/visualizeLayers';
import { openPage } from '../pages/openPage';

let browser: Browser;
let site: Site;

beforeAll(async () => {
  site = await serveFolder(fileURLToPath(new URL('../..', import.meta.url)));
  browser = await chromium.launch(LAUNCH_OPTIONS);
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Size and hash of the pixels of each canvas of the page's figures. Runs in the page. */
async function readFigures() {
  const canvases = document.querySelectorAll<HTMLCanvasElement>('main canvas');
  return await Promise.all(
    Array.from(canvases, async (canvas) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
      return {
        width,
        height,
        hash: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
      };
    }),
  );
}

describe('examples/standalone.html', () => {
  it('shows the figures that Node draws, and asks for nothing but itself and the one file', async () => {
    const { page, messages, requests, close } = await openPage(
      browser,
      `${site.origin}/examples/standalone.html`,
    );
    await page.waitForSelector('section canvas');
    expect(await page.locator('figcaption').allTextContents()).toEqual(
      expect.arrayContaining(['Layer: conv1', 'Layer: conv2']),
    );
    const figures = await page.evaluate(readFigures);
    expect(messages).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([
      `${site.origin}/examples/standalone.html`,
      `${site.origin}/dist/standalone.js`,
    ]);
    await close();

    const model = await loadArticleCnn();
    const pixelSizes: Record<string, number> = { conv1: 4, conv2: 9 }; // what brings a figure near 900 pixels
    const expected = (await visualizeLayers(model, drawDigit(3)))
      .map(({ layer, figure }) => renderRgba(figure, { pixelSize: pixelSizes[layer]! }))
      .map((output) => ({
        width: output.width,
        height: output.height,
        hash: createHash('sha256').update(output.data).digest('hex'),
      }));
    model.dispose();
    expect(expected).toHaveLength(2);
    expect(figures).toEqual(expected);
  });
});
