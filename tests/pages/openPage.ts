import type { Browser, Page } from 'playwright';

/** A page, and what was noticed about it since it was opened. */
export interface WatchedPage {
  readonly page: Page;
  /** What is in the console, and uncaught errors, each with its kind before it: `warning: …`. */
  readonly messages: readonly string[];
  /** Whatever the page, its workers and what they load have asked for. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Opens a page in a browser profile of its own and waits until it has loaded. */
export async function openPage(
  browser: Browser,
  url: string,
  options: { colorScheme?: 'light' | 'dark' } = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const messages: string[] = [];
  const requests: string[] = [];
  context.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  context.on('weberror', (error) => messages.push(`uncaught: ${error.error().message}`));
  context.on('request', (request) => requests.push(request.url()));
  const page = await context.newPage();
  await page.goto(url);
  return { page, messages, requests, close: () => context.close() };
}
