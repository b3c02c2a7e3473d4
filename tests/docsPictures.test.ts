import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readApng } from './render/film/readApng';
import { decodeRgba } from './render/png/decodeRgba';

const IMAGES = fileURLToPath(new URL('../docs/images', import.meta.url));
const SCRIPT = fileURLToPath(new URL('../scripts/drawDocs.js', import.meta.url));

/** Drawn by a browser, whose fonts and versions differ. */
const BY_BROWSER = ['explorer.png'];

const folder = mkdtempSync(join(tmpdir(), 'layerscope-docs-'));
execFileSync(process.execPath, [SCRIPT, folder], { stdio: 'pipe' });

/** The pixels of a picture, or of each frame of a film, after its size. */
function readFrames(path: string): number[][] {
  const file = readFileSync(path);
  if (file.includes('acTL')) return readApng(file).frames.map(({ rgba, part }) => [...part, ...rgba]);
  const { size, rgba } = decodeRgba(file);
  return [[...size, ...rgba]];
}

describe('the pictures of the docs', () => {
  afterAll(() => rmSync(folder, { recursive: true }));
  const drawn = readdirSync(folder).sort();

  it('are those that the code draws, and no others', () => {
    const kept = readdirSync(IMAGES).filter((name) => !BY_BROWSER.includes(name));
    expect(drawn).toEqual(kept.sort());
  });

  it.each(drawn.filter((name) => name.endsWith('.png')))('%s is what the code draws now', (name) => {
    const [expected, now] = [readFrames(join(IMAGES, name)), readFrames(join(folder, name))];
    expect(now.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
    let differ = 0;
    now.forEach((frame, index) => {
      frame.forEach((byte, at) => {
        // The edges of letters may come out a shade different on another processor.
        if (Math.abs(byte - expected[index]![at]!) > 12) differ++;
      });
    });
    expect(differ).toBe(0);
  });

  it.each(drawn.filter((name) => name.endsWith('.svg')))('%s is what the code draws now', (name) => {
    expect(readFileSync(join(folder, name), 'utf8') === readFileSync(join(IMAGES, name), 'utf8')).toBe(true);
  });
});
