// Measures the demo as a reader uses it: from a movement of the pen to the maps on the page, and what the scripts of a
// frame take. Needs a Chromium.
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { LAUNCH_OPTIONS } from '../scripts/chromium.js';
import { findChromium } from '../scripts/findChromium.js';
import { describeMachine } from './machine.js';
import { goalTable, PAGE, table, writePart } from './report.js';
import { quantile } from './statistics.js';

const DEMO = new URL('../examples/demo', import.meta.url).pathname;
const STROKES = 40;
const MOVES = 40;

await build({ root: DEMO, logLevel: 'error' });
const server = await preview({ root: DEMO, logLevel: 'error' });
const browser = await chromium.launch({ ...LAUNCH_OPTIONS, executablePath: findChromium() });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.addInitScript(watch);
await page.goto(server.resolvedUrls.local[0]);
await page.waitForSelector('.layerscope-output [data-best]');

const devtools = await page.context().newCDPSession(page);
await devtools.send('Performance.enable');
await draw(5);
const before = await read();
await draw(STROKES);
const after = await read();
const version = browser.version();
await browser.close();
await server.close();

const latencies = after.latencies.slice(before.latencies.length);
const frames = after.frames - before.frames;
const script = ((after.script - before.script) * 1000) / frames;
const work = ((after.task - before.task) * 1000) / frames;
const longest = quantile(after.scripts.slice(before.scripts.length), 0.95);
const rows = [
  ['from the pen’s movement to the maps drawn, median', `${quantile(latencies, 0.5).toFixed(1)} ms`],
  ['the same, 95th percentile', `${quantile(latencies, 0.95).toFixed(1)} ms`],
  ['scripts a frame, mean', `${script.toFixed(2)} ms`],
  ['from the frame’s begin to the maps drawn, 95th percentile', `${longest.toFixed(2)} ms`],
  ['all work of the page a frame, layout and painting by the processor included', `${work.toFixed(2)} ms`],
];
const text = [
  PAGE,
  '',
  'Written by `npm run bench:page`: a pen draws in the demo, 1,600 movements, the article’s network in the explorer.',
  'A movement waits for the frame after it, on average half of the 16.7 ms that a frame takes at 60 a second.',
  '',
  table(['', ''], [...describeMachine(), ['Chromium', `${version}, headless, no graphics processor`]], 'll'),
  '',
  goalTable([
    { goal: 'at most 8 ms of script a frame', measured: `${script.toFixed(2)} ms`, reached: script <= 8 },
  ]),
  '',
  table([`${frames} frames`, ''], rows, 'lr'),
  '',
].join('\n');
console.log(text);
await writePart(PAGE, text);

/** Moves a pen over the pad, in circles as a hand draws them. */
async function draw(strokes) {
  const pad = await page.locator('.pad canvas').boundingBox();
  for (let stroke = 0; stroke < strokes; stroke++) {
    await page.click('#clear');
    const at = (move) => {
      const angle = (move / MOVES) * 2 * Math.PI + stroke;
      return [
        pad.x + pad.width * (0.5 + 0.3 * Math.cos(angle)),
        pad.y + pad.height * (0.5 + 0.3 * Math.sin(angle)),
      ];
    };
    await page.mouse.move(...at(0));
    await page.mouse.down();
    for (let move = 1; move <= MOVES; move++) await page.mouse.move(...at(move));
    await page.mouse.up();
  }
}

async function read() {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (wanted) => metrics.find(({ name }) => name === wanted).value;
  const watched = await page.evaluate(() => globalThis.watched);
  return { ...watched, script: metric('ScriptDuration'), task: metric('TaskDuration') };
}

/**
 * Runs in the page before everything else: notes when the pen moved and when the maps of the last layer were drawn after
 * it, without a word to the page that is measured.
 */
function watch() {
  const watched = { frames: 0, latencies: [], scripts: [] };
  let moved;
  let began = 0;
  globalThis.watched = watched;
  globalThis.addEventListener('pointermove', ({ timeStamp }) => (moved ??= timeStamp), { capture: true });
  const requestFrame = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = (callback) =>
    requestFrame((time) => {
      began = performance.now();
      callback(time);
    });
  const drawImage = CanvasRenderingContext2D.prototype.drawImage;
  let asked = false;
  CanvasRenderingContext2D.prototype.drawImage = function (...values) {
    drawImage.apply(this, values);
    if (asked || !this.canvas.closest('.layerscope-stage')) return;
    asked = true;
    // After all that this frame draws: its scripts are promises that follow each other.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      asked = false;
      watched.frames++;
    };
    const end = () => {
      watched.scripts.push(performance.now() - began);
      if (moved !== undefined) watched.latencies.push(performance.now() - moved);
      moved = undefined;
      port2.postMessage(undefined);
    };
    // The layers are drawn in one go, and this microtask comes after it.
    queueMicrotask(end);
  };
}
