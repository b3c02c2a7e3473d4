import { readFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAUNCH_OPTIONS } from '../scripts/chromium.js';
import type { Site } from '../scripts/serveSite.js';
import { bundleApp } from './pages/bundleApp';
import { openPage } from './pages/openPage';
import { serveApp } from './pages/serveApp';

/** The blocks of code under "In a worker" in the guide: the worker and the page. */
function readGuide(): [worker: string, page: string] {
  const guide = readFileSync(new URL('../docs/guide.md', import.meta.url), 'utf8');
  const section = guide.split(/^## /m).find((part) => part.startsWith('In a worker\n')) ?? '';
  const [worker, page, ...more] = [...section.matchAll(/^```js browser\n(.*?)^```$/gms)].map(
    ([, code]) => code,
  );
  expect([worker, page, more]).toEqual([expect.any(String), expect.any(String), []]);
  return [worker!, page!];
}

/** Added to the page: draws there what the worker is asked for. */
const OWN = `
  import { loadArticleCnn, visualizeLayers } from 'layerscope';
  import { renderCanvas } from 'layerscope/canvas';
  import { drawDigit as draw } from 'layerscope/data';

  globalThis.drawOwn = async () => {
    const model = await loadArticleCnn();
    const figures = await visualizeLayers(model, draw(3), { renderer: (figure) => renderCanvas(figure) });
    return figures.map(({ output }) => output);
  };
`;

let browser: Browser;
let site: Site;

beforeAll(async () => {
  const [worker, page] = readGuide();
  site = await serveApp(await bundleApp({ 'main.js': page + OWN, 'worker.js': worker }));
  browser = await chromium.launch(LAUNCH_OPTIONS);
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Runs in the page: compares the canvases in it with those that it draws itself. */
async function compare() {
  const readPixels = (source: HTMLCanvasElement) => {
    const { width, height } = source;
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.drawImage(source, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  };
  const { drawOwn } = globalThis as unknown as { drawOwn(): Promise<HTMLCanvasElement[]> };
  const own = (await drawOwn()).map(readPixels);
  const shown = Array.from(document.querySelectorAll<HTMLCanvasElement>('main canvas'), readPixels);
  return shown.map((pixels, index) => ({
    bytes: pixels.length,
    colours: new Set(new Uint32Array(pixels.buffer)).size,
    different: pixels.reduce((count, byte, at) => count + (byte === own[index]![at] ? 0 : 1), 0),
    missing: own[index]!.length - pixels.length,
  }));
}

describe('the worker of the guide, in a minified page', () => {
  it('draws what the page would, pixel by pixel', async () => {
    const { page, messages, close } = await openPage(browser, site.origin);
    await page.waitForFunction(() => document.querySelectorAll('main canvas').length === 2);
    const canvases = await page.evaluate(compare);
    await close();
    expect(messages).toEqual([]);
    expect(canvases).toHaveLength(2);
    for (const { bytes, colours, different, missing } of canvases) {
      expect(bytes).toBeGreaterThan(800 * 200 * 4);
      expect(colours).toBeGreaterThan(100);
      expect({ different, missing }).toEqual({ different: 0, missing: 0 });
    }
  });
});
