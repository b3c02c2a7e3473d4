import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import { afterAll, describe, expect, it } from 'vitest';

const IMAGES = fileURLToPath(new URL('../docs/images', import.meta.url));
const SCRIPT = fileURLToPath(new URL('../scripts/drawDocs.js', import.meta.url));

/** Drawn by a browser, whose fonts and versions differ. */
const BY_BROWSER = ['explorer.png'];

const folder = mkdtempSync(join(tmpdir(), 'layerscope-docs-'));
execFileSync(process.execPath, [SCRIPT, folder], { stdio: 'pipe' });

/** RGBA, whatever the file has. */
function pixelsOf(file: string) {
  const { width, height, data, channels, palette } = decode(readFileSync(file));
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const color = palette
      ? palette[data[pixel]!]!
      : Array.from(data.subarray(pixel * channels, (pixel + 1) * channels));
    rgba.set(color as number[], pixel * 4);
  }
  return { size: [width, height], rgba };
}

describe('the pictures of the docs', () => {
  afterAll(() => rmSync(folder, { recursive: true }));
  const drawn = readdirSync(folder).sort();

  it('are those that the code draws, and no others', () => {
    const kept = readdirSync(IMAGES).filter((name) => !BY_BROWSER.includes(name));
    expect(drawn).toEqual(kept.sort());
  });

  it.each(drawn.filter((name) => name.endsWith('.png')))('%s is what the code draws now', (name) => {
    const [expected, now] = [pixelsOf(join(IMAGES, name)), pixelsOf(join(folder, name))];
    expect(now.size).toEqual(expected.size);
    let differ = 0;
    now.rgba.forEach((byte, at) => {
      // The edges of letters may come out a shade different on another processor.
      if (Math.abs(byte - expected.rgba[at]!) > 12) differ++;
    });
    expect(differ).toBe(0);
  });

  it.each(drawn.filter((name) => name.endsWith('.svg')))('%s is what the code draws now', (name) => {
    expect(readFileSync(join(folder, name), 'utf8') === readFileSync(join(IMAGES, name), 'utf8')).toBe(true);
  });
});
