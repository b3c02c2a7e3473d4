import { describe, expect, it } from 'vitest';
import { diverging } from '../../src/figure/color/diverging';
import { createKernelFigure } from '../../src/figure/createKernelFigure';
import type { KernelKind } from '../../src/model/selection/ConvolutionKernel';
import { renderRgba } from '../../src/render/rgba/renderRgba';

type Shape = readonly [number, number, number, number];

function kernelOf(shape: Shape, weights: number[], kind: KernelKind = 'plain') {
  return { layer: 'conv', kind, shape, weights: Float32Array.from(weights) };
}

/** The same weight everywhere. */
function constant(shape: Shape, kind: KernelKind = 'plain') {
  return kernelOf(shape, new Array(shape.reduce((product, size) => product * size)).fill(1), kind);
}

describe('createKernelFigure', () => {
  it('draws a map for each input and output, a row an input', () => {
    // Two weights in a window, two inputs, one output more.
    const figure = createKernelFigure(kernelOf([1, 2, 2, 2], [0, 1, 2, 3, 4, -8, 6, 7]));
    expect(figure.title).toBe('Kernels: conv');
    expect([figure.columns, figure.rows, figure.domain]).toEqual([2, 2, [-8, 8]]);
    expect(figure.tiles.map(({ label, min, max }) => [label, min, max])).toEqual([
      ['input 0, output 0', 0, 4],
      ['input 0, output 1', -8, 1],
      ['input 1, output 0', 2, 6],
      ['input 1, output 1', 3, 7],
    ]);
    expect([...figure.tiles[1]!.indices]).toEqual([144, 0]);
    expect(figure.colormap).toBe(diverging);
  });

  it('names the axes of other kinds as they are', () => {
    const labels = (kind: KernelKind) =>
      createKernelFigure(constant([1, 2, 2, 2], kind)).tiles.map(({ label }) => label);
    expect(labels('transposed')).toEqual([
      'input 0, output 0',
      'input 1, output 0',
      'input 0, output 1',
      'input 1, output 1',
    ]);
    expect(labels('depthwise')).toEqual([
      'input 0, output 0',
      'input 0, output 1',
      'input 1, output 2',
      'input 1, output 3',
    ]);
  });

  it('leaves weights that are not finite out of the range', () => {
    const weights = [Number.NaN, Number.POSITIVE_INFINITY, 2, -3];
    const figure = createKernelFigure(kernelOf([2, 2, 1, 1], weights));
    expect(figure.domain).toEqual([-3, 3]);
    expect([...figure.tiles[0]!.missing!]).toEqual([1, 1, 0, 0]);
    expect(createKernelFigure(kernelOf([2, 1, 1, 1], [0, 0])).domain).toEqual([-1, 1]);
  });
});

describe('windows of 1 × 1', () => {
  it('are a matrix, inputs down and outputs across', () => {
    const figure = createKernelFigure(kernelOf([1, 1, 2, 3], [1, 2, 3, -4, 0, 4]));
    expect(figure.title).toBe('Kernels: conv, 2 inputs × 3 outputs');
    expect([figure.width, figure.height, figure.tiles.length]).toEqual([3, 2, 1]);
    // t = (w + 4) / 8; the index is floor(t · 256).
    expect([...figure.tiles[0]!.indices]).toEqual([160, 192, 224, 0, 128, 255]);
    expect(figure.tiles[0]).toMatchObject({ min: -4, max: 4, label: '2 inputs × 3 outputs' });
  });

  it.each<[Shape, KernelKind, string, [number, number]]>([
    [[1, 1, 3, 2], 'transposed', '3 outputs × 2 inputs', [2, 3]],
    [[1, 1, 1, 5], 'plain', '1 input × 5 outputs', [5, 1]],
    [[1, 1, 5, 1], 'plain', '5 inputs × 1 output', [5, 1]],
    [[1, 1, 100, 1], 'plain', '100 inputs × 1 output (in rows of 10)', [10, 10]],
    [[1, 1, 6, 1], 'depthwise', '6 inputs', [6, 1]],
    [[1, 1, 50, 2], 'depthwise', '50 inputs × 2 outputs each (in rows of 10)', [10, 10]],
  ])('%j, %s: %s', (shape, kind, title, [width, height]) => {
    const figure = createKernelFigure(constant(shape, kind));
    expect(figure.title).toBe(`Kernels: conv, ${title}`);
    expect([figure.width, figure.height, figure.tiles.length]).toEqual([width, height, 1]);
  });

  it('are maps where columns, a gap or channels are asked for', () => {
    const kernel = kernelOf([1, 1, 2, 3], [1, 2, 3, -4, 0, 4]);
    for (const options of [{ columns: 3 }, { gap: 0 }, { channels: [0, 1, 2, 3, 4, 5] }]) {
      const figure = createKernelFigure(kernel, options);
      expect(figure.tiles).toHaveLength(6);
      expect(figure.title).toBe('Kernels: conv');
      expect(figure.columns).toBe(3);
    }
    expect(() => createKernelFigure(kernel, { columns: 0 })).toThrow('columns: expected');
  });

  it('take a title, colours and a scale', () => {
    const kernel = kernelOf([1, 1, 2, 2], [1, 2, 3, 4]);
    const colormap = { name: 'x', rgba: new Uint8Array(1024) };
    const figure = createKernelFigure(kernel, { title: 'Mine', scaling: [0, 4], colormap });
    expect(figure).toMatchObject({ title: 'Mine', domain: [0, 4], colormap });
  });
});

describe('kernels in colour', () => {
  /** One weight in a window: output 0 is (1, 0, -1), output 1 is (0.5, 0.5, 0.5). */
  const weights = [1, 0.5, 0, 0.5, -1, 0.5];
  const kernel = kernelOf([1, 1, 3, 2], weights);

  it('have the weights of the three inputs as red, green and blue, 0 as the grey in the middle', () => {
    const figure = createKernelFigure(kernel, { rgb: true });
    expect(figure.title).toBe('Kernels: conv (red, green, blue)');
    expect([figure.width, figure.height, figure.domain]).toEqual([2, 1, [-1, 1]]);
    expect(figure.tiles.map(({ rgb }) => [...rgb!])).toEqual([
      [255, 128, 0],
      [192, 192, 192],
    ]);
    expect(figure.tiles.map(({ label, min, max }) => [label, min, max])).toEqual([
      ['output 0', -1, 1],
      ['output 1', 0.5, 0.5],
    ]);
    // The mean of the three, in the greys of the colour map.
    expect(figure.tiles.map(({ indices }) => [...indices])).toEqual([[128], [192]]);
    expect([...figure.colormap.rgba.subarray(192 * 4, 193 * 4)]).toEqual([192, 192, 192, 255]);
    expect([...renderRgba(figure).data]).toEqual([255, 128, 0, 255, 192, 192, 192, 255]);
  });

  it('are read as the axes of a transposed convolution lie', () => {
    // Outputs by inputs: (1, 0, -1), then (0.5, 0.5, 0.5).
    const figure = createKernelFigure(kernelOf([1, 1, 2, 3], [1, 0, -1, 0.5, 0.5, 0.5], 'transposed'), {
      rgb: true,
    });
    expect(figure.tiles.map(({ rgb }) => [...rgb!])).toEqual([
      [255, 128, 0],
      [192, 192, 192],
    ]);
  });

  it('lie pixel by pixel as the windows do, eight in a row', () => {
    // Windows of two: the first is red where the second is blue, in each of ten kernels.
    const pixels = Array.from({ length: 60 }, (_, at) => {
      const [window, input] = [Math.floor(at / 30), Math.floor(at / 10) % 3];
      return input === 2 * window ? 1 : -1;
    });
    const figure = createKernelFigure(kernelOf([1, 2, 3, 10], pixels), { rgb: true });
    expect([figure.columns, figure.rows, figure.width, figure.height]).toEqual([8, 2, 23, 3]);
    for (const { rgb } of figure.tiles) expect([...rgb!]).toEqual([255, 0, 0, 0, 0, 255]);
  });

  it('take channels, columns, a gap, a title and a range', () => {
    const options = { channels: [1], columns: 1, gap: 2, title: 'Mine', scaling: [-2, 2] as const };
    const figure = createKernelFigure(kernel, { rgb: true, ...options });
    expect(figure).toMatchObject({ title: 'Mine', domain: [-2, 2], columns: 1 });
    expect([...figure.tiles[0]!.rgb!]).toEqual([160, 160, 160]);
    expect(createKernelFigure(kernel, { rgb: true, columns: 1, gap: 2 }).height).toBe(4);
    expect(createKernelFigure(kernel, { rgb: true, scaling: { range: [-2, 2] } }).domain).toEqual([-2, 2]);
  });

  it('are missing where a weight is not finite', () => {
    const figure = createKernelFigure(kernelOf([1, 2, 3, 1], [1, Number.NaN, 1, -1, 0, 1]), { rgb: true });
    expect([...figure.tiles[0]!.missing!]).toEqual([1, 0]);
    expect([...figure.tiles[0]!.rgb!].slice(3)).toEqual([0, 128, 255]);
    expect(figure.tiles[0]).toMatchObject({ min: -1, max: 1 });
  });

  it('are refused of anything but three inputs together', () => {
    expect(() => createKernelFigure(constant([3, 3, 16, 32]), { rgb: true })).toThrow(
      new RangeError('rgb: expected a convolution of 3 inputs, got 16, of "conv"'),
    );
    expect(() => createKernelFigure(constant([3, 3, 3, 8], 'transposed'), { rgb: true })).toThrow(
      'rgb: expected a convolution of 3 inputs, got 8, of "conv"',
    );
    expect(() => createKernelFigure(constant([3, 3, 3, 1], 'depthwise'), { rgb: true })).toThrow(
      'rgb: expected a convolution of 3 inputs, got a depthwise one, of 1 input each, of "conv"',
    );
  });

  it.each([
    [{ rgb: 1 }, 'rgb: expected true or false, got 1'],
    [{ rgb: true, scaling: 'map' }, 'scaling: expected a range [lowest, highest] beside rgb, got "map"'],
    [
      { rgb: true, scaling: { range: [1, 2], log: true } },
      'scaling: expected a range [lowest, highest] beside',
    ],
    [{ rgb: true, scaling: [2, 1] }, 'scaling: expected a range whose lowest value is below its highest'],
    [{ rgb: true, colormap: diverging }, 'colormap: expected none beside rgb, got an object'],
    [{ rgb: true, channels: [2] }, 'channels[0]: expected a whole number from 0 to 1, got 2'],
  ])('refuse %j', (options, message) => {
    expect(() => createKernelFigure(kernel, options as never)).toThrow(message);
  });
});
