import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { LAUNCH_OPTIONS } from './chromium.js';
import { findChromium } from './findChromium.js';

const PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Explorer</title><link rel="icon" href="data:,">
<style>body { margin: 0 } .layerscope-explorer { border-radius: 0 !important }</style><main></main>
<script type="module">
  import { drawDigit, loadArticleCnn, mountExplorer } from '/standalone.js';
  const explorer = mountExplorer(document.querySelector('main'), await loadArticleCnn());
  await explorer.update(drawDigit(3));
  document.title = 'ready';
</script></html>`;

/**
 * Draws the explorer as a reader sees it, a map open and a value pointed at.
 *
 * @returns The bytes of a PNG file; `undefined` where there is no Chromium.
 */
export async function drawExplorer() {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
  const browser = await chromium.launch({ ...LAUNCH_OPTIONS, executablePath });
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 1215 }, colorScheme: 'light' });
    const standalone = await readFile(new URL('../dist/standalone.js', import.meta.url), 'utf8');
    await page.route('http://localhost/**', (route) => {
      const isScript = route.request().url().endsWith('/standalone.js');
      return route.fulfill({
        contentType: isScript ? 'text/javascript' : 'text/html',
        body: isScript ? standalone : PAGE,
      });
    });
    await page.goto('http://localhost/');
    await page.waitForFunction(() => document.title === 'ready');
    await page.click('[aria-label="conv2, map 9"]');
    const { x, y, width, height } = await page.locator('[aria-label="conv2, map 9"]').boundingBox();
    await page.mouse.move(x + (2.5 / 11) * width, y + (8.5 / 11) * height);
    return await page.screenshot();
  } finally {
    await browser.close();
  }
}
