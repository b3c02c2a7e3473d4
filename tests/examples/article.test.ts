import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { decode } from 'fast-png';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawDigit } from '../../src/data/drawDigit';
import { runNode } from '../runScript';

function runExample(...args: string[]) {
  return runNode(['examples/article.js', ...args]);
}

/** A picture as a person would bring it: a large digit with a pen on paper, not square. */
function photograph(digit: number, ink: string, paper: string) {
  const canvas = createCanvas(300, 400);
  const context = canvas.getContext('2d');
  context.fillStyle = paper;
  context.fillRect(0, 0, 300, 400);
  const { data } = drawDigit(digit);
  for (let pixel = 0; pixel < data.length; pixel++) {
    context.globalAlpha = data[pixel]! / 255;
    context.fillStyle = ink;
    context.fillRect(10 + (pixel % 28) * 10, 60 + Math.floor(pixel / 28) * 10, 10, 10);
  }
  return canvas.toBuffer('image/png');
}

describe('npm run example', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layerscope-example-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("draws the article's figures of a 3", async () => {
    const out = join(folder, 'new', 'out');
    const { status, stdout, stderr } = runExample('--out', out);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^predicted digit: 3 \(probability \d+\.\d\d %\)\n/);
    expect(stdout).toContain('Layer: conv1');
    expect(stdout).toContain(
      `written: ${['conv1.png', 'conv1.svg', 'conv2.png', 'conv2.svg'].map((name) => join(out, name)).join(', ')}`,
    );
    expect(await readdir(out)).toEqual(['conv1.png', 'conv1.svg', 'conv2.png', 'conv2.svg']);
    // 8 × 26 and 7 gaps at 4 pixels a value, the title above.
    expect(decode(await readFile(join(out, 'conv1.png')))).toMatchObject({ width: 860, height: 53 * 4 + 36 });
    expect(await readFile(join(out, 'conv2.svg'), 'utf8')).toContain('<title>Layer: conv2</title>');
  });

  it.each([0, 1, 2, 4, 5, 6, 7, 8, 9])('reads a drawn %i', (digit) => {
    const { stdout } = runExample('--digit', String(digit), '--out', folder);
    expect(stdout).toMatch(new RegExp(`^predicted digit: ${digit} `));
  });

  it("takes the user's own picture, dark on light, and says what it did to it", async () => {
    const path = join(folder, 'seven.png');
    await writeFile(path, photograph(7, 'navy', 'ivory'));
    const { status, stdout } = runExample('--image', path, '--out', join(folder, 'out'));
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /seven\.png: inverted, since it is dark on light, cropped to what is drawn, .* of 300 × 400, centred by its mass in .*, scaled from .* to 28 × 28\n/,
    );
    expect(stdout).toContain('predicted digit: 7 ');
  });

  it('leaves a picture that is light on dark as it is', async () => {
    const path = join(folder, 'two.png');
    await writeFile(path, photograph(2, 'white', 'black'));
    const { stdout } = runExample('--image', path, '--out', join(folder, 'out'));
    expect(stdout).not.toContain('inverted');
    expect(stdout).toContain('predicted digit: 2 ');
  });

  it('says how it is called', () => {
    const { status, stdout } = runExample('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('--digit N');
  });

  it.each<[string[], string, status?: number]>([
    [['--digit', '12'], '--digit: expected a digit from 0 to 9, got "12"'],
    [['--digit', 'x'], '--digit: expected a digit from 0 to 9, got "x"'],
    [['--digit', '3', '--image', 'a.png'], '--digit, IMAGE: expected one of them, got both'],
    [['--image', 'none.png'], 'IMAGE: expected an image file that can be read, got "none.png" (ENOENT)', 1],
    [
      ['--image', 'package.json'],
      'IMAGE: expected an image file (PNG, JPEG, GIF, WebP, BMP, AVIF or SVG), got "package.json", which is none of these',
      1,
    ],
    [['--out', ''], '--out: expected the name of a folder, got nothing'],
    [['--colour'], "Unknown option '--colour'"],
  ])('refuses %j and writes nothing', async (args, message, wanted = 2) => {
    const out = join(folder, 'out');
    const { status, stdout, stderr } = runExample(...args, ...(args.includes('--out') ? [] : ['--out', out]));
    expect(status).toBe(wanted);
    expect(stdout).toBe('');
    expect(stderr).toContain(`error: ${message}`);
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes nothing for a file cut off in the middle', async () => {
    const path = join(folder, 'broken.png');
    const file = photograph(5, 'black', 'white');
    await writeFile(path, file.subarray(0, file.length / 2));
    const { status, stderr } = runExample('--image', path, '--out', join(folder, 'out'));
    expect(stderr).toBe(
      `error: IMAGE: expected a whole image file, got ${JSON.stringify(path)}, which has been cut off\n`,
    );
    expect(status).toBe(1);
    expect(await readdir(folder)).toEqual(['broken.png']);
  });

  it('says so where the folder cannot be written', async () => {
    const path = join(folder, 'file');
    await writeFile(path, '');
    const { status, stderr } = runExample('--out', join(path, 'out'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: --out: .*ENOTDIR/);
  });

  it.runIf(process.platform === 'linux')('ends where no folder can be made', () => {
    const { status, stderr } = runExample('--out', '/proc/foo');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'error: --out: expected a file that can be written, got "/proc/foo/conv1.png" (ENOENT)\n',
    );
  });

  it('writes no file where one of them cannot be written', async () => {
    await mkdir(join(folder, 'conv2.png'));
    const { status, stderr } = runExample('--out', folder);
    expect(status).toBe(1);
    expect(stderr).toBe(
      `error: --out: expected a file that can be written, got "${join(folder, 'conv2.png')}" (EISDIR)\n`,
    );
    expect(await readdir(folder)).toEqual(['conv2.png']);
  });

  it.each([
    ['blank', '#ffeedd'],
    ['fully transparent', 'transparent'],
  ])('refuses a picture that is %s', async (_, paper) => {
    const path = join(folder, 'blank.png');
    await writeFile(path, photograph(5, paper, paper));
    const { status, stderr } = runExample('--image', path, '--out', join(folder, 'out'));
    expect(status).toBe(1);
    expect(stderr).toBe(
      `error: IMAGE: expected a picture with something in it, got ${JSON.stringify(path)}, which is all of one colour\n`,
    );
    expect(await readdir(folder)).toEqual(['blank.png']);
  });
});
