import { afterEach, describe, expect, it } from 'vitest';
import type { Figure } from '../../../src/common/types';
import { createFigure } from '../../../src/figure/createFigure';
import { renderAnimatedSvg } from '../../../src/render/film/renderAnimatedSvg';
import { renderApng } from '../../../src/render/film/renderApng';
import { renderPng } from '../../../src/render/png/renderPng';
import { renderSvg } from '../../../src/render/svg/renderSvg';

/** Waves that move on in the first half of the maps and stand still in the others; a value is missing in the last frame. */
const figures = Array.from({ length: 4 }, (_, frame): Figure => {
  const data = Float32Array.from({ length: 9 * 9 * 8 }, (_, at) =>
    Math.sin(at * 0.05 + (at % 8 < 4 ? frame : 0)),
  );
  if (frame === 3) data[40] = Number.NaN;
  const activation = { layerName: 'conv1', className: 'Conv2D', shape: [1, 9, 9, 8], data };
  return createFigure(activation, { title: `Layer: conv1, epoch ${frame}` });
});

function pixelsOf(source: CanvasImageSource, width: number, height: number): Uint8ClampedArray {
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(source, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

function countDifferent(one: Uint8ClampedArray, other: Uint8ClampedArray): number {
  expect(one.length).toBe(other.length);
  return one.reduce((count, value, at) => count + Number(value !== other[at]), 0);
}

async function show(content: BlobPart, type: string): Promise<Uint8ClampedArray> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([content], { type }));
  await image.decode();
  URL.revokeObjectURL(image.src);
  return pixelsOf(image, image.naturalWidth, image.naturalHeight);
}

describe('a film in the browser', () => {
  afterEach(() => document.body.replaceChildren());

  it.each([
    ['indexed', {}],
    ['with titles', { title: true }],
    ['with colour bars', { colorBar: true }],
  ])('is decoded as the frames that renderPng draws: %s', async (_, options) => {
    const film = await renderApng(figures, { title: false, pixelSize: 4, delay: 120, hold: 900, ...options });
    const decoder = new ImageDecoder({ data: film, type: 'image/png', preferAnimation: true });
    await Promise.all([decoder.completed, decoder.tracks.ready]);
    const track = decoder.tracks.selectedTrack!;
    expect([track.frameCount, track.repetitionCount]).toEqual([4, Number.POSITIVE_INFINITY]);
    for (const [frameIndex, figure] of figures.entries()) {
      const { image } = await decoder.decode({ frameIndex });
      expect(image.duration).toBe(frameIndex === 3 ? 900_000 : 120_000); // microseconds
      const file = await renderPng(figure, { title: false, pixelSize: 4, ...options });
      const expected = await show(file, 'image/png');
      expect(countDifferent(pixelsOf(image, image.displayWidth, image.displayHeight), expected)).toBe(0);
      image.close();
    }
  });

  it.each([{}, { title: false, gap: 0 }, { colorBar: true, background: '#eee' }])(
    'shows at each time what renderSvg draws, by CSS: %j',
    async (options) => {
      document.body.innerHTML = renderAnimatedSvg(figures, { ...options, delay: 100, hold: 500 });
      const svg = document.querySelector('svg')!;
      const parts = [...svg.querySelectorAll<SVGGElement>('g[class]')];
      const animations = svg.getAnimations({ subtree: true });
      expect(animations).toHaveLength(parts.length);
      for (const [time, frame] of [0, 0, 1, 2, 3, 3, 0].entries()) {
        for (const animation of animations) {
          animation.pause();
          animation.currentTime = [0, 99, 100, 250, 301, 799, 801][time]!;
        }
        const still = svg.cloneNode(true) as SVGElement;
        still.querySelectorAll('g[class]').forEach((part, index) => {
          if (getComputedStyle(parts[index]!).visibility === 'hidden') part.remove();
          else part.removeAttribute('visibility');
        });
        const style = still.querySelectorAll('style')[1]!;
        style.remove();
        const expected = await show(renderSvg(figures[frame]!, options), 'image/svg+xml');
        const shown = await show(new XMLSerializer().serializeToString(still), 'image/svg+xml');
        expect(countDifferent(shown, expected), `at time ${time}`).toBe(0);
      }
    },
  );
});
