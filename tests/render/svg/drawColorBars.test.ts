import { describe, expect, it } from 'vitest';
import { viridis } from '../../../src/figure/color/viridis';
import { drawColorBars } from '../../../src/render/svg/drawColorBars';

describe('drawColorBars', () => {
  it('draws a path a colour, marks in the colour of the text, and the text', () => {
    const box = { y: 5, width: 2, height: 3 };
    const boxes = [
      { x: 0, ...box, index: 0 },
      { x: 2, ...box, index: 255 },
      { x: 9, ...box, index: 0 },
      { x: 4, ...box },
    ];
    const labels = [
      { text: '0', x: 0, y: 20, anchor: 'left' },
      { text: '1', x: 9, y: 20, anchor: 'right' },
      { text: '7', x: 4, y: 20, anchor: 'center' },
    ] as const;
    expect(drawColorBars({ boxes, labels }, viridis, 'font-size="9"')).toEqual([
      '<g direction="ltr" shape-rendering="crispEdges" font-size="9">',
      '<path fill="#440154" d="M0 5h2v3h-2zM9 5h2v3h-2z"/>',
      '<path fill="#fde725" d="M2 5h2v3h-2z"/>',
      '<path d="M4 5h2v3h-2z"/>',
      '<text x="0" y="20" text-anchor="start">0</text>',
      '<text x="9" y="20" text-anchor="end">1</text>',
      '<text x="4" y="20" text-anchor="middle">7</text>',
      '</g>',
    ]);
  });

  it('draws nothing where there is none', () => {
    expect(drawColorBars({ boxes: [], labels: [] }, viridis, '')).toEqual([]);
  });
});
