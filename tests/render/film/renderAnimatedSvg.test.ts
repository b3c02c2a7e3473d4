import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { createFigure } from '../../../src/figure/createFigure';
import { renderAnimatedSvg } from '../../../src/render/film/renderAnimatedSvg';
import { renderSvg } from '../../../src/render/svg/renderSvg';

function values(list: number[], title = 'Layer: a') {
  const activation = { layerName: 'a', className: '', shape: [1, 2, 2, 2], data: Float32Array.from(list) };
  return createFigure(activation, { scaling: [0, 8], title });
}

const films = [
  values([1, 2, 3, 4, 5, 6, 7, 8], 'Layer: a, epoch 0'),
  values([1, 2, 3, 4, 5, 6, 7, 0], 'Layer: a, epoch 1'),
  values([0, 2, 3, 4, 5, 6, 7, 0], 'Layer: a, epoch 2'),
];

/** Without text, whose font is the viewer's. */
function draw(svg: string) {
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels;
}

describe('renderAnimatedSvg', () => {
  it('is a still of the last frame to a viewer that plays nothing', () => {
    const film = renderAnimatedSvg(films, { title: false });
    expect(Buffer.compare(draw(film), draw(renderSvg(films[2]!, { title: false })))).toBe(0);
    expect(Buffer.compare(draw(film), draw(renderSvg(films[1]!, { title: false })))).not.toBe(0);
  });

  it('has a map in it once while it does not change', () => {
    // Map 0 has changed in frame 2, map 1 in frame 1: 0..1 and 0..2, then 1..3 and 2..3.
    const film = renderAnimatedSvg(films, { title: false, delay: 100, hold: 300 });
    expect(film.match(/<image /g)).toHaveLength(4);
    const name = /class="(film-\w+) /.exec(film)![1]!;
    expect(film).toContain(`.${name}{animation:500ms step-end infinite forwards}`);
    expect(film).toContain(`@keyframes ${name}-1-3{0%{visibility:hidden}20%{visibility:visible}}`);
    expect(film).toContain(`@keyframes ${name}-0-2{0%{visibility:visible}40%{visibility:hidden}}`);
    expect(film).toContain('@media (prefers-reduced-motion:reduce)');
    expect(renderAnimatedSvg(films, { plays: 2 })).toContain('step-end 2 forwards');
  });

  it('sees that colours of their own have changed', () => {
    const inColor = (byte: number) => ({
      ...films[0]!,
      tiles: films[0]!.tiles.map((tile, index) =>
        index === 0 ? { ...tile, rgb: new Uint8Array(12).fill(byte) } : tile,
      ),
    });
    const film = renderAnimatedSvg([inColor(10), inColor(10), inColor(200)], { title: false });
    // The second map all the time, the first one twice.
    expect(film.match(/<image /g)).toHaveLength(3);
    expect(Buffer.compare(draw(film), draw(renderSvg(inColor(200), { title: false })))).toBe(0);
  });

  it('needs no style where nothing changes', () => {
    const film = renderAnimatedSvg([films[0]!, films[0]!]);
    expect(film).not.toContain('keyframes');
    expect(film.match(/<image /g)).toHaveLength(1);
    expect(film).toContain('aria-label="Layer: a, epoch 0"');
  });

  it('has names of its own, which two films on a page do not share', () => {
    const names = [films, films.slice(1), [...films].reverse()].map(
      (figures) => /film-\w+/.exec(renderAnimatedSvg(figures))![0],
    );
    expect(new Set(names).size).toBe(3);
    expect(renderAnimatedSvg(films)).toBe(renderAnimatedSvg(films));
  });

  it('writes titles as text, whatever is in them', () => {
    const hostile = films.map((figure, frame) => ({ ...figure, title: `<script>&"${frame}` }));
    const film = renderAnimatedSvg(hostile, { colorBar: true });
    expect(film).not.toContain('<script>');
    expect(film).toContain('aria-label="&lt;script&gt;&amp;&quot;0 to &lt;script&gt;&amp;&quot;2"');
    expect(() => draw(film)).not.toThrow();
  });

  it.each<[string, unknown, object, string]>([
    ['no figure', [], {}, 'figures: expected at least one, got none'],
    ['a delay of 0', films, { delay: 0 }, 'delay: expected a whole number of at least 1, got 0'],
    ['a background of no colour', films, { background: 'no colour' }, 'background: expected'],
    [
      'figures of several sizes',
      [
        films[0],
        createFigure({ layerName: 'a', className: '', shape: [1, 2, 2, 1], data: new Float32Array(4) }),
      ],
      { title: false, pixelSize: 1 },
      'figures[1]: expected 2 maps in a picture of 5 × 2 pixels like the first, in the same places, got 1 maps in a picture of 2 × 2 pixels',
    ],
  ])('refuses %s', (_, figures, options, message) => {
    expect(() => renderAnimatedSvg(figures as never, options)).toThrow(message);
  });
});
