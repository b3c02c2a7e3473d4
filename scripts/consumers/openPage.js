/** How long a page may take on a busy machine; a hanging backend never ends. */
const TIMEOUT = 60_000;

/**
 * Opens a page and waits for its figures.
 *
 * @returns What it drew, and the addresses of its scripts.
 * @throws Error if the page writes to the console, throws, asks in vain, or asks another host.
 */
export async function openPage(browser, url, { example = false, guide = false, threads = false }) {
  const context = await browser.newContext();
  // tfjs takes up to half of the cores for its threads, which must be more than one on any machine that runs this check.
  if (threads) {
    await context.addInitScript(() => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 }));
  }
  const page = await context.newPage();
  const scripts = new Set();
  const problems = [];
  let report;
  const trouble = new Promise((resolve) => {
    report = (problem) => {
      problems.push(problem);
      resolve();
    };
  });
  const onConsole = (message) => {
    // Vite's own client, while developing.
    if (message.type() === 'debug' && message.text().startsWith('[vite] ')) return;
    report(`console.${message.type()}: ${message.text()}`);
  };
  page.on('console', onConsole);
  page.on('pageerror', (error) => report(`uncaught: ${error.stack ?? error}`));
  page.on('requestfailed', (request) => {
    report(`request failed: ${request.url()} (${request.failure()?.errorText})`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) report(`status ${response.status()}: ${response.url()}`);
    else if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.add(response.url());
  });
  const { origin } = new URL(url);
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:' && asked !== origin) {
      report(`request to another host: ${request.url()}`);
    }
  });
  try {
    await page.goto(url);
    const ready = page.waitForFunction(
      (copied) => (copied ? document.querySelectorAll('main canvas').length === 2 : window.result),
      example || guide,
      { timeout: TIMEOUT },
    );
    await Promise.race([ready, trouble]);
    const drawn = problems.length > 0 ? undefined : await page.evaluate(readResult);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return { ...drawn, scripts: [...scripts].filter((script) => script.startsWith(origin)) };
  } finally {
    await context.close();
  }
}

/** Runs in the page: what it drew, in a form that can leave it. */
function readResult() {
  const base64 = (bytes) => {
    let text = '';
    for (let start = 0; start < bytes.length; start += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
    }
    return btoa(text);
  };
  const pack = ({ width, height, data }) => ({ width, height, data: base64(data) });
  const { backend, threads, pictures = [] } = window.result ?? {};
  const canvases = [...document.querySelectorAll('main canvas')].map((canvas) => {
    // One that shows a bitmap gives no pixels out, but can be drawn.
    const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    context.drawImage(canvas, 0, 0);
    return pack(context.getImageData(0, 0, canvas.width, canvas.height));
  });
  return {
    backend,
    threads,
    isolated: window.crossOriginIsolated,
    pictures: pictures.map(pack),
    canvases,
  };
}
