import { createRequire } from 'node:module';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LAUNCH_OPTIONS } from '../../../scripts/chromium.js';
import { drawDigit } from '../../../src/data/drawDigit';
import { loadArticleCnn } from '../../../src/model/article/loadArticleCnn';
import { listLayers } from '../../../src/model/listLayers';
import { renderHtml } from '../../../src/render/html/renderHtml';
import { visualizeLayers } from '../../../src/visualizeLayers';
import { openPage } from '../../pages/openPage';

let browser: Browser;
let html: string;
beforeAll(async () => {
  browser = await chromium.launch(LAUNCH_OPTIONS);
  const model = await loadArticleCnn();
  const img = drawDigit(3);
  const figures = await visualizeLayers(model, img, { layers: /conv|dense/ });
  html = renderHtml(figures, { img, layers: listLayers(model) });
  model.dispose();
});
afterAll(() => browser.close());

it.each(['light', 'dark'] as const)(
  'opens in the %s without a message, a request or a hurdle',
  async (colorScheme) => {
    const { page, messages, requests, close } = await openPage(browser, 'about:blank', { colorScheme });
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.setContent(html);
      const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(scrolls).toBe(false);
    }
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
    const violations = await page.evaluate(async () => {
      const axe = Reflect.get(window, 'axe') as { run(): Promise<{ violations: { id: string }[] }> };
      return (await axe.run()).violations.map(({ id }) => id);
    });
    expect(violations).toEqual([]);
    expect(messages).toEqual([]);
    expect(requests.filter((url) => !/^(about|data):/.test(url))).toEqual([]);
    await close();
  },
);
