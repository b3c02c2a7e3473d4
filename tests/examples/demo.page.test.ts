import { deflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/common/crc32';
import { digitStrokes } from '../../src/data/digitStrokes';
import { drawDigit } from '../../src/data/drawDigit';
import { computeActivations, createActivationModel, loadArticleCnn } from '../../src/index';
import {
  expectAlive,
  hashMaps,
  poll,
  readMessage,
  readOutputs,
  settleMaps,
  useDemo,
  waitForBest,
  waitForOtherMaps,
} from './demoPage';

const demo = useDemo();

/** Writes on the pad with the pointer. Points are in parts of its side. */
async function write(page: Page, strokes: readonly (readonly (readonly [number, number])[])[]) {
  const { x: left, y: top, width } = (await page.locator('.pad canvas').boundingBox())!;
  for (const stroke of strokes) {
    const [first, ...others] = stroke.map(([x, y]) => [left + x * width, top + y * width] as const);
    await page.mouse.move(...first!);
    await page.mouse.down();
    for (const point of others) await page.mouse.move(...point);
    await page.mouse.up();
  }
}

/** A photograph of a digit, so to speak: dark on light, small, and not in the middle. */
function photograph(digit: number): Buffer {
  const stamp = createCanvas(28, 28);
  const stampContext = stamp.getContext('2d');
  const pixels = stampContext.createImageData(28, 28);
  drawDigit(digit).data.forEach((value, at) => {
    pixels.data.set([30, 40, 90, value], at * 4);
  });
  stampContext.putImageData(pixels, 0, 0);
  const canvas = createCanvas(640, 400);
  const context = canvas.getContext('2d');
  context.fillStyle = '#e8e4d8';
  context.fillRect(0, 0, 640, 400);
  context.drawImage(stamp, 380, 40, 200, 200);
  return canvas.toBuffer('image/png');
}

/** A black PNG file of one bit a pixel: tiny as a file, huge as a picture. */
function blackPng(width: number, height: number): Buffer {
  const chunk = (name: string, data: Uint8Array) => {
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    const body = Buffer.concat([Buffer.from(name), data]);
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1; // one bit a sample, and one grey sample a pixel
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

interface Dropped {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Drops files on the page, or an address, or pastes them. */
async function bring(page: Page, way: 'drop' | 'paste', files: Dropped[], address?: string) {
  const plain = files.map(({ buffer, ...file }) => ({ ...file, bytes: buffer.toString('base64') }));
  await page.evaluate(
    ({ way, plain, address }) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, bytes } of plain) {
        const data = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
        transfer.items.add(new File([data], name, { type: mimeType }));
      }
      if (address) transfer.setData('text/uri-list', address);
      const event =
        way === 'drop'
          ? new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true });
      document.querySelector('.pad')!.dispatchEvent(event);
    },
    { way, plain, address },
  );
}

const picture = (digit: number): Dropped => ({
  name: `${digit}.png`,
  mimeType: 'image/png',
  buffer: photograph(digit),
});

describe('drawing on the demo', () => {
  it('reads a 3 that is drawn with the pointer, and follows the pen', async () => {
    const page = await demo.open();
    // The upper bow from the left, then the lower one.
    const bow = (x: number, y: number, radius: number, from: number, to: number) =>
      Array.from({ length: 20 }, (_, step) => {
        const angle = ((from + ((to - from) * step) / 19) * Math.PI) / 180;
        return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const;
      });
    const three = [...bow(0.5, 0.3, 0.17, -150, 90), ...bow(0.5, 0.65, 0.18, -90, 150)];
    const pad = () => page.locator('.pad canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const sample = await settleMaps(page);
    await page.getByRole('button', { name: 'Clear' }).click();
    await waitForOtherMaps(page, sample);
    const empty = await settleMaps(page);
    // Over a drawn digit, which it takes the place of.
    await page.getByRole('button', { name: 'Drawn digit 7' }).click();
    await waitForBest(page, '7');
    await write(page, [three]);
    const drawnOver = await pad();
    await page.getByRole('button', { name: 'Clear' }).click();
    await poll(() => hashMaps(page)).toBe(empty);
    await write(page, [three]);
    await waitForBest(page, '3');
    expect(await pad()).toBe(drawnOver);
    expect(Number.parseFloat((await readOutputs(page))[3]!)).toBeGreaterThan(90);
    expect(await page.locator('.pad canvas').getAttribute('aria-label')).toBe('Drawing pad with a drawing');

    const drawn = await settleMaps(page);
    expect(drawn).not.toBe(empty);
    await write(page, [
      [
        [0.1, 0.1],
        [0.1, 0.9],
      ],
    ]);
    await waitForOtherMaps(page, drawn);
    await page.getByRole('button', { name: 'Undo' }).click();
    await poll(() => hashMaps(page)).toBe(drawn);
    await page.keyboard.press('Control+z');
    await poll(() => hashMaps(page)).toBe(empty);
    expect(await page.locator('.pad canvas').getAttribute('aria-label')).toBe('Drawing pad, empty');
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
  });

  it('is drawn on with a finger, and does not scroll', async () => {
    const page = await demo.open();
    await page.setViewportSize({ width: 390, height: 500 });
    const client = await page.context().newCDPSession(page);
    const { x: left, y: top, width } = (await page.locator('.pad canvas').boundingBox())!;
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: { x: number; y: number }[]) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: at });
    const on = (step: number) => ({ x: left + width / 2, y: top + width * (0.9 - 0.04 * step) });
    await touch('touchStart', on(0));
    for (let step = 1; step <= 20; step++) await touch('touchMove', on(step));
    await touch('touchEnd');
    await waitForBest(page, '1');
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    // The answer is said beside the pad, where the explorer is far below.
    await poll(() => page.locator('.answer').innerText()).toMatch(/^Read as 1 [\d.]+ %$/);
  });

  it('reads all ten digits, written in a corner of the pad', async () => {
    const page = await demo.open();
    const read: (string | null)[] = [];
    for (let digit = 0; digit < 10; digit++) {
      await page.getByRole('button', { name: 'Clear' }).click();
      const before = await settleMaps(page);
      const small = digitStrokes(digit).map((stroke) =>
        stroke.map(([x, y]) => [0.55 + x * 0.25, 0.05 + y * 0.28] as const),
      );
      await write(page, small);
      await waitForOtherMaps(page, before);
      // The last point is drawn a frame or two after it was reached.
      await settleMaps(page);
      read.push(await page.locator('.layerscope-output [data-best] > span').textContent());
    }
    expect(read).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it('shows for a drawn digit what Node computes, and another hand the next time', async () => {
    const page = await demo.open();
    const sample = page.getByRole('button', { name: 'Drawn digit 8' });
    const model = await loadArticleCnn();
    const dense = createActivationModel(model, 'dense');
    for (const seed of [1, 2]) {
      await sample.click();
      const [output] = await computeActivations(dense, drawDigit(8, { seed }));
      const expected = Object.fromEntries(
        Array.from(output!.data, (share, digit) => [String(digit), `${(100 * share).toFixed(1)} %`]),
      );
      await poll(() => readOutputs(page)).toEqual(expected);
    }
    model.dispose();
  });
});

describe('pictures on the demo', () => {
  it('reads a dark digit on light paper: opened, dropped and pasted', async () => {
    const page = await demo.open();
    await page.setInputFiles('#picture-file', picture(5));
    await waitForBest(page, '5');
    await bring(page, 'drop', [picture(6)]);
    await waitForBest(page, '6');
    await bring(page, 'paste', [picture(2)]);
    await waitForBest(page, '2');
    expect(await page.locator('.pad canvas').getAttribute('aria-label')).toBe('The picture 2.png');
    expect(await readMessage(page)).toBe('');
  });

  it.each<[string, Dropped, RegExp]>([
    [
      'a picture of 100 megapixels',
      { name: 'huge.png', mimeType: 'image/png', buffer: blackPng(10_000, 10_000) },
      /^“huge\.png” has 100 million pixels, 10000 × 10000; this page takes 50 million at the most/,
    ],
    [
      'a file that is no picture',
      { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('hello') },
      /^“notes\.png” is not a picture that this browser can read/,
    ],
    [
      'a picture of one colour',
      { name: 'black.png', mimeType: 'image/png', buffer: blackPng(40, 40) },
      /^“black\.png” is all of one colour/,
    ],
  ])('says what is wrong with %s, and goes on', async (_, file, message) => {
    const page = await demo.open();
    await bring(page, 'drop', [file]);
    await poll(() => readMessage(page)).toMatch(message);
    await expectAlive(page);
  });

  it('takes a large picture that is not too large', async () => {
    const page = await demo.open();
    const canvas = createCanvas(6000, 5000);
    const context = canvas.getContext('2d');
    context.fillStyle = 'white';
    context.fillRect(0, 0, 6000, 5000);
    context.fillStyle = 'black';
    context.fillRect(2900, 500, 400, 4000);
    const file = { name: '1.png', mimeType: 'image/png', buffer: canvas.toBuffer('image/png') };
    await page.setInputFiles('#picture-file', file);
    await waitForBest(page, '1');
  });

  it('refuses a picture of another page without asking for it', async () => {
    const page = await demo.open();
    await bring(page, 'drop', [], 'https://example.com/digit.png');
    expect(await readMessage(page)).toMatch(/^That is the address of a picture on another page\. Save the/);
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await readMessage(page)).toBe('');
    await bring(page, 'paste', []);
    expect(await readMessage(page)).toMatch(/^There is no picture in the clipboard/);
    await expectAlive(page);
  });
});

describe('the camera on the demo', () => {
  it('shows live maps until it is stopped', async () => {
    const page = await demo.open();
    const button = page.getByRole('button', { name: 'Camera' });
    await button.click();
    await page.locator('.pad video').waitFor();
    for (let change = 0; change < 3; change++) await waitForOtherMaps(page, await hashMaps(page));
    await page.evaluate(() => {
      const video = document.querySelector('video')!;
      Object.assign(window, { track: (video.srcObject as MediaStream).getVideoTracks()[0] });
    });
    await page.getByRole('button', { name: 'Stop the camera' }).click();
    expect(await page.locator('.pad video').isVisible()).toBe(false);
    expect(await page.evaluate(() => Reflect.get(window, 'track').readyState)).toBe('ended');
    await page.waitForTimeout(500);
    const still = await hashMaps(page);
    await page.waitForTimeout(500);
    expect(await hashMaps(page)).toBe(still);
    await button.waitFor();
    await expectAlive(page);
  });

  it('is not offered where there is none', async () => {
    const page = await demo.open({
      before: () => {
        navigator.mediaDevices.enumerateDevices = async () => [];
      },
    });
    expect(await page.getByRole('button', { name: 'Camera' }).isVisible()).toBe(false);
  });

  it('says so where it may not be used', async () => {
    const page = await demo.open({
      before: () => {
        navigator.mediaDevices.getUserMedia = async () => {
          throw new DOMException('Permission denied', 'NotAllowedError');
        };
      },
    });
    await page.getByRole('button', { name: 'Camera' }).click();
    await poll(() => readMessage(page)).toMatch(/^The camera may not be used\. Allow it/);
    await expectAlive(page);
  });
});
