import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../src/common/types';
import { createColormap } from '../../../src/figure/color/createColormap';
import { createFigure } from '../../../src/figure/createFigure';
import { renderApng } from '../../../src/render/film/renderApng';
import { renderPng } from '../../../src/render/png/renderPng';
import { randomSource } from '../../training/random';
import { decodeRgba } from '../png/decodeRgba';
import { readApng } from './readApng';

/** Maps of which some change from one frame to the next, some of them with missing values. */
function randomFrames(seed: number): Figure[] {
  const { whole, pick, floats } = randomSource(seed);
  const [height, width, channels] = [whole(1, 9), whole(1, 9), whole(1, 5)];
  let data = floats(height * width * channels);
  const options = pick([
    {},
    { gap: 0 },
    { columns: 2, gap: 2 },
    { colormap: createColormap('grey', (t) => `rgb(${t * 255},${t * 255},${t * 255})`) },
  ]);
  return Array.from({ length: whole(1, 6) }, (_, frame) => {
    data = data.slice();
    for (let change = whole(0, 12); frame > 0 && change > 0; change--) {
      data[whole(0, data.length - 1)] = pick([Number.NaN, 0, 1, -2, 0.5]);
    }
    const activation = { layerName: 'conv', className: 'Conv2D', shape: [1, height, width, channels], data };
    return createFigure(activation, { ...options, scaling: pick(['map', [-1, 1]]) as 'map' });
  });
}

async function pixelsOf(figure: Figure, options: object) {
  return decodeRgba(await renderPng(figure, options)).rgba;
}

describe('renderApng', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'shows what renderPng draws, frame by frame: film %i',
    async (seed) => {
      const { pick, whole } = randomSource(seed + 1000);
      const options = {
        pixelSize: whole(1, 4),
        background: pick(['white', 'transparent', '#123456']),
        ...pick([{}, { createCanvas }, { createCanvas, colorBar: true, title: false }]),
      };
      const figures = randomFrames(seed);
      const film = await renderApng(figures, { ...options, delay: 100, hold: 700 }).catch((error: Error) => {
        // A bar for each map needs room by its numbers.
        if ('colorBar' in options && error.message.includes('like the first')) return undefined;
        throw error;
      });
      if (!film) return;
      const { frames } = readApng(film);
      let shown = 0;
      for (const [index, figure] of figures.entries()) {
        const expected = await pixelsOf(figure, options);
        const same = (frame: number) => Buffer.compare(frames[frame]!.rgba, expected) === 0;
        // A frame like the one before is not there again.
        if (!same(shown)) shown++;
        expect(same(shown), `frame ${index}`).toBe(true);
      }
      expect(frames).toHaveLength(shown + 1);
      const whole_ = frames.reduce((sum, { duration }) => sum + duration, 0);
      expect(whole_).toBeCloseTo(0.1 * (figures.length - 1) + 0.7, 9);
    },
  );

  const values = (...list: number[]) =>
    createFigure(
      { layerName: 'a', className: '', shape: [1, 2, 3, 1], data: Float32Array.from(list) },
      { scaling: [0, 1] },
    );

  it('has in it what has changed: of the second frame a pixel, of the third nothing', async () => {
    const [first, second] = [values(0, 0, 0, 0, 0, 1), values(0, 0, 0, 0, 0.5, 1)];
    const film = await renderApng([first, second, second, first], {
      pixelSize: 1,
      title: false,
      delay: 250,
      plays: 3,
    });
    const { frames, plays, width, height, chunks } = readApng(film);
    expect([width, height, plays]).toEqual([3, 2, 3]);
    expect(frames.map(({ part }) => part)).toEqual([
      [0, 0, 3, 2],
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ]);
    expect(frames.map(({ duration }) => duration)).toEqual([0.25, 0.5, 1]);
    expect(chunks.map(({ type }) => type)).toEqual([
      ...['IHDR', 'acTL', 'PLTE', 'tRNS', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'fcTL', 'fdAT', 'IEND'],
    ]);
  });

  it('counts a long time in larger parts of a second, since two bytes have to do', async () => {
    const film = await renderApng([values(0, 0, 0, 0, 0, 1)], { pixelSize: 1, title: false, hold: 123_450 });
    expect(readApng(film).frames[0]!.duration).toBe(123.45);
  });

  it('is smaller than its frames are as files', async () => {
    const wave = (phase: number) =>
      createFigure({
        layerName: 'conv1',
        className: 'Conv2D',
        shape: [1, 26, 26, 16],
        data: Float32Array.from({ length: 26 * 26 * 16 }, (_, at) =>
          Math.sin(at * 0.01 + (at % 16 < 4 ? phase : 0)),
        ),
      });
    const figures = [0, 1, 2, 3].map(wave);
    const film = await renderApng(figures, { title: false });
    const files = await Promise.all(figures.map((figure) => renderPng(figure, { title: false })));
    const sum = files.reduce((bytes, file) => bytes + file.length, 0);
    expect(film.length).toBeLessThan(sum / 1.5);
    expect(readApng(film).chunks[0]!.body[9]).toBe(3); // a palette
  });

  it('keeps room for the widest title, so that the maps stay where they are', async () => {
    const small = values(0, 0, 0, 0, 0, 1);
    const titled = ['a', 'a much longer title than the others'].map((title) => ({ ...small, title }));
    const { width, frames } = readApng(await renderApng(titled, { pixelSize: 4, createCanvas }));
    expect(width).toBeGreaterThan(100);
    const below = frames[1]!.part[1] + frames[1]!.part[3];
    expect(below).toBeLessThan(30); // Only the title has changed.
  });

  it('says how far it is, and can be stopped', async () => {
    const figures = [0, 0.2, 0.4, 0.6].map((value) => values(0, 0, 0, 0, value, 1));
    const told: string[] = [];
    const stop = new AbortController();
    const onProgress = (done: number, all: number) => {
      told.push(`${done} of ${all}`);
      if (done === 3) stop.abort(new Error('enough'));
    };
    await expect(renderApng(figures, { title: false, onProgress, signal: stop.signal })).rejects.toThrow(
      'enough',
    );
    expect(told).toEqual(['1 of 4', '2 of 4', '3 of 4']);
  });

  const good = [values(0, 0, 0, 0, 0, 1)];
  it.each<[string, unknown, object, string]>([
    ['no array', 7, {}, 'figures: expected an array of figures, got 7'],
    ['no figure', [], {}, 'figures: expected at least one, got none'],
    [
      'something else',
      [good[0], { title: 'x' }],
      {},
      'figures[1]: expected a figure as createFigure returns it, got an object',
    ],
    ['a delay of 0', good, { delay: 0 }, 'delay: expected a whole number of at least 1, got 0'],
    ['half a millisecond', good, { delay: 0.5 }, 'delay: expected a whole number of at least 1, got 0.5'],
    ['a hold of text', good, { hold: '1s' }, 'hold: expected a whole number of at least 1, got "1s"'],
    ['less than no plays', good, { plays: -1 }, 'plays: expected a whole number of at least 0, got -1'],
    ['a pixel size of 0', good, { pixelSize: 0 }, 'pixelSize: expected a whole number of at least 1, got 0'],
    ['options of null', good, null as never, 'options: expected an object, got null'],
    ['a progress of text', good, { onProgress: 'x' }, 'onProgress: expected a function, got "x"'],
    ['a title without a canvas', good, { title: true }, 'createCanvas: expected a function'],
    [
      'figures of several sizes',
      [
        good[0],
        createFigure({ layerName: 'a', className: '', shape: [1, 3, 3, 1], data: new Float32Array(9) }),
      ],
      { title: false, pixelSize: 2 },
      'figures[1]: expected a picture of 6 × 4 pixels like the first, got 6 × 6',
    ],
  ])('refuses %s', async (_, figures, options, message) => {
    await expect(renderApng(figures as never, options)).rejects.toThrow(message);
  });
});
