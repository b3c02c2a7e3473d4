import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { LAUNCH_OPTIONS } from '../../scripts/chromium.js';
import { serveFolder } from '../../scripts/serveFolder.js';
import type { Site } from '../../scripts/serveSite.js';
import { openPage, type WatchedPage } from '../pages/openPage';

export const DEMO = fileURLToPath(new URL('../../examples/demo', import.meta.url));

/** A camera that shows a moving figure, and a reader who allows it. */
const CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

interface OpenOptions {
  colorScheme?: 'light' | 'dark';
  /** Runs in the page before anything of it does. */
  before?: () => void;
}

/**
 * Builds the demo and serves it to Chromium. After each test the pages that it opened are closed, and must have written
 * nothing to the console and asked for nothing elsewhere.
 */
export function useDemo() {
  let folder: string;
  let site: Site;
  let browser: Browser;
  let opened: WatchedPage[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layerscope-demo-'));
    await build({ root: DEMO, logLevel: 'error', build: { outDir: folder } });
    site = await serveFolder(folder);
    browser = await chromium.launch({ ...LAUNCH_OPTIONS, args: [...LAUNCH_OPTIONS.args, ...CAMERA] });
  });

  afterEach(async () => {
    const pages = opened;
    opened = [];
    for (const { messages, requests, close } of pages) {
      await close();
      expect(messages).toEqual([]);
      expect(requests.filter((url) => !isOwn(url, site.origin))).toEqual([]);
      expect(requests).toContain(`${site.origin}/index.html`);
    }
  });

  afterAll(async () => {
    await browser.close();
    await site.close();
    await rm(folder, { recursive: true });
  });

  return {
    /** Opens the page and waits until its first image, a drawn 3, has gone through the network. */
    async open({ colorScheme = 'light', before }: OpenOptions = {}): Promise<Page> {
      const watched = await openPage(browser, 'about:blank', { colorScheme });
      opened.push(watched);
      const { page } = watched;
      await page.setViewportSize({ width: 1280, height: 900 });
      if (before) await page.addInitScript(before);
      await page.goto(`${site.origin}/index.html`);
      await waitForBest(page, '3');
      return page;
    },
  };
}

function isOwn(url: string, origin: string): boolean {
  return [`${origin}/`, `blob:${origin}/`, 'data:', 'about:blank'].some((start) => url.startsWith(start));
}

/** Asks again and again, on a machine that may be busy. */
export function poll<Value>(read: () => Value, timeout = 30_000) {
  return expect.poll(read, { timeout });
}

/** Waits until the explorer says that this class is the best. */
export async function waitForBest(page: Page, name: string): Promise<void> {
  const best = page.locator('.layerscope-output [data-best] > span');
  await poll(() => best.textContent({ timeout: 30_000 })).toBe(name);
}

/** What the explorer says of each class, as it writes it. */
export async function readOutputs(page: Page): Promise<Record<string, string>> {
  const items = await page.locator('.layerscope-output li').all();
  const pairs = items.map(async (item) => [
    await item.locator('span').textContent(),
    await item.locator('b').textContent(),
  ]);
  return Object.fromEntries(await Promise.all(pairs));
}

/** A number for what the maps of all layers look like. */
export async function hashMaps(page: Page): Promise<number> {
  return await page.evaluate(() => {
    let hash = 0;
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.layerscope-stage > canvas')) {
      for (const character of canvas.toDataURL()) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
    }
    return hash;
  });
}

/** Waits until what was last given to the page has been drawn, and returns {@link hashMaps} of it. */
export async function settleMaps(page: Page): Promise<number> {
  let last = await hashMaps(page);
  for (let same = 0; same < 3; ) {
    await page.evaluate(async () => {
      for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
    });
    const now = await hashMaps(page);
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}

/** Waits until the maps are others than these. */
export async function waitForOtherMaps(page: Page, before: number): Promise<void> {
  await poll(() => hashMaps(page)).not.toBe(before);
}

/** What the page's message says; nothing while it is hidden. */
export async function readMessage(page: Page): Promise<string> {
  const message = page.locator('.message [role=alert]');
  return (await message.isVisible()) ? ((await message.textContent()) ?? '') : '';
}

/** Sees whether the page still works: another digit is picked and shown, by another hand each time, and no message is left. */
export async function expectAlive(page: Page): Promise<void> {
  const before = await hashMaps(page);
  await page.getByRole('button', { name: 'Drawn digit 7' }).click();
  await waitForOtherMaps(page, before);
  expect(await readMessage(page)).toBe('');
}
