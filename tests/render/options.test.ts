import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { createColormap } from '../../src/figure/color/createColormap';
import { renderCanvas } from '../../src/render/canvas/renderCanvas';
import { renderPng } from '../../src/render/png/renderPng';
import { renderRgba } from '../../src/render/rgba/renderRgba';
import { renderSvg } from '../../src/render/svg/renderSvg';
import { renderTerminal } from '../../src/render/terminal/renderTerminal';
import { figures } from './figures';

const figure = figures['no gap']!;
/** What draws text, for those that take it. */
const canvasFor = (render: unknown) =>
  render === renderPng || render === renderCanvas ? { createCanvas } : {};

describe('options of the renderers', () => {
  it.each([null, 'svg', 3])('refuses %j', async (options) => {
    for (const render of [renderRgba, renderSvg, renderPng, renderTerminal, renderCanvas]) {
      await expect(async () => render(figure, options as never)).rejects.toThrow(
        /^options: expected an object, got /,
      );
    }
  });

  it.each(['x', 1, null])('refuses %j as title', async (title) => {
    for (const render of [renderSvg, renderPng, renderTerminal, renderCanvas]) {
      await expect(async () => render(figure, { ...canvasFor(render), title } as never)).rejects.toThrow(
        /^title: expected true or false, got /,
      );
    }
  });

  it.each(['x', 1, null])('refuses %j as colorBar', async (colorBar) => {
    for (const render of [renderSvg, renderPng, renderTerminal, renderCanvas]) {
      await expect(async () => render(figure, { ...canvasFor(render), colorBar } as never)).rejects.toThrow(
        /^colorBar: expected true or false, got /,
      );
    }
  });

  it.each([3, null])('refuses %j as fontFamily', async (fontFamily) => {
    for (const render of [renderSvg, renderPng, renderCanvas]) {
      await expect(async () => render(figure, { ...canvasFor(render), fontFamily } as never)).rejects.toThrow(
        /^fontFamily: expected a string, got /,
      );
    }
  });

  it.each([
    [renderRgba, 'title', 'there are pixelSize, gap, background'],
    [renderSvg, 'pixelsize', 'did you mean pixelSize?'],
    [renderSvg, 'size', 'did you mean pixelSize?'],
    [renderPng, 'canvas', 'did you mean createCanvas?'],
    [renderCanvas, 'backgroundColor', 'did you mean background?'],
    [renderTerminal, 'colorbar', 'did you mean colorBar?'],
  ])('says what was meant by an option that there is not: %o, %s', async (render, name, hint) => {
    await expect(async () => render(figure, { [name]: undefined })).rejects.toThrow(
      new TypeError(`${name}: unknown option; ${hint}`),
    );
  });

  it('names the device pixels where they make the picture too large', () => {
    expect(() => renderCanvas(figure, { createCanvas, pixelSize: 16, devicePixelRatio: 1000 })).toThrow(
      /got 16000 device pixels at a devicePixelRatio of 1000, which makes it /,
    );
  });

  it('draws 100,000 maps', () => {
    const channels = 100_000;
    const { tiles, ...rest } = figure;
    const many = {
      ...rest,
      width: channels,
      height: 4,
      columns: channels,
      rows: 1,
      tiles: new Array(channels).fill(tiles[0]),
    };
    expect(renderRgba(many, { gap: 0 }).width).toBe(channels * 4);
  });

  it('does not let the background of an SVG shine through translucent colours', () => {
    const translucent = createColormap('half', () => 'rgba(255, 0, 0, 0.5)');
    const svg = renderSvg({ ...figure, colormap: translucent }, { title: false, pixelSize: 1 });
    // A background of the whole, and a hole for each of the six maps.
    expect(/fill-rule="evenodd"[^>]* d="([^"]*)"/.exec(svg)![1]!.match(/M/g)).toHaveLength(7);
  });
});
