import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { describe, expect, it } from 'vitest';
import { LAUNCH_OPTIONS } from '../../scripts/chromium.js';
import { DEMO, poll, readMessage, useDemo, waitForBest } from './demoPage';

const demo = useDemo();

const AXE = readFileSync(
  fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)),
  'utf8',
);

/** What axe-core finds wrong: the rule, and where. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
  expect(passes.length).toBeGreaterThan(20);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

describe('the demo, for everyone', () => {
  it.each(['light', 'dark'] as const)(
    'has nothing that axe-core finds fault with, %s',
    async (colorScheme) => {
      const page = await demo.open({ colorScheme });
      expect(await findViolations(page)).toEqual([]);

      // A map is open, a message is shown, and a training is under way.
      await page.getByText('Learning', { exact: true }).click();
      await page.getByRole('button', { name: 'Train' }).click();
      await page.locator('.layerscope-tiles button').first().click();
      await page.setInputFiles('#picture-file', { name: 'a.png', mimeType: '', buffer: Buffer.from('a') });
      await poll(() => readMessage(page)).toMatch(/^“a\.png” is not a picture/);
      expect(await findViolations(page)).toEqual([]);

      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText('Your own', { exact: true }).click();
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await findViolations(page)).toEqual([]);
    },
  );

  it('can be used with the keyboard alone, and shows where the focus is', async () => {
    const page = await demo.open();
    /** Moves on by Tab until an element has the focus, each one on the way being outlined. */
    const tabTo = async (id: string) => {
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => {
          const element = document.activeElement!;
          const shown = element.closest('label') ?? element;
          const { outlineStyle, outlineWidth } = getComputedStyle(shown);
          const name = element.id || element.getAttribute('aria-label') || element.getAttribute('value');
          return { name, outline: `${outlineStyle} ${outlineWidth}` };
        });
        expect(focused).toMatchObject({ outline: expect.stringMatching(/^solid [23]px$/) });
        if (focused.name === id) return;
      }
      throw new Error(`${id}: expected to be reached by Tab`);
    };

    await tabTo('Drawn digit 5');
    await page.keyboard.press('Enter');
    await waitForBest(page, '5');

    await tabTo('trained');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('[name=network][value=learning]').isChecked()).toBe(true);
    await tabTo('train');
    await page.keyboard.press('Enter');
    await tabTo('stop');
    await page.keyboard.press('Enter');
    expect(await page.locator('#training-state').textContent()).toMatch(/^Stopped\./);
    // The button that had the focus is disabled now; the focus is where one goes on.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('train');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('[name=network][value=trained]').isChecked()).toBe(true);
    await waitForBest(page, '5');
  });

  it.each([390, 1024, 1600])('fits a window of %i pixels', async (width) => {
    const page = await demo.open();
    await page.setViewportSize({ width, height: 900 });
    await page.getByText('Learning', { exact: true }).click();
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(overflow)).toBe(0);
  });

  it('does not move for those who do not want it', async () => {
    const page = await demo.open();
    const animation = () =>
      page.evaluate(() => {
        const bar = document.querySelector('progress')!;
        bar.removeAttribute('value');
        return getComputedStyle(bar).animationName;
      });
    expect(await animation()).toBe('busy');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await animation()).toBe('none');
  });
});

describe('npm run demo', () => {
  it('serves the page with what is in the package', async () => {
    const server = await createServer({
      root: DEMO,
      logLevel: 'error',
      // The files of the package may be built anew while the tests are run.
      server: { open: false, hmr: false, watch: null },
    });
    await server.listen();
    const browser = await chromium.launch(LAUNCH_OPTIONS);
    try {
      const page = await browser.newPage();
      const faults: string[] = [];
      page.on('pageerror', ({ message }) => faults.push(message));
      page.on('console', (message) => {
        if (message.type() !== 'debug') faults.push(message.text());
      });
      await page.goto(server.resolvedUrls!.local[0]!);
      await waitForBest(page, '3');
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
      await server.close();
    }
  });
});
