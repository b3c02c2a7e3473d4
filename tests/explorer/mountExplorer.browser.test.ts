import { memory, mul, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import axe from 'axe-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { computeActivations } from '../../src/activations/computeActivations';
import type { Activation } from '../../src/common/types';
import { drawDigit } from '../../src/data/drawDigit';
import { type Explorer, type MountExplorerOptions, mountExplorer } from '../../src/explorer';
import { createFigure } from '../../src/figure/createFigure';
import { loadArticleCnn } from '../../src/model/article/loadArticleCnn';
import { createActivationModel } from '../../src/model/createActivationModel';
import { HOSTILE_NAMES, inXml } from '../fuzz/hostileNames';

const CHROMIUM = () => cdp() as unknown as { send(method: string, params?: object): Promise<unknown> };

let model: LayersModel;
let activations: Activation[];
let place: HTMLElement;
let explorer: Explorer | undefined;
const digit = drawDigit(3);

beforeAll(async () => {
  await page.viewport(1200, 900);
  model = await loadArticleCnn();
  activations = await computeActivations(createActivationModel(model), digit);
});

beforeEach(() => {
  place = document.createElement('main');
  document.body.append(place);
  vi.spyOn(console, 'warn');
  vi.spyOn(console, 'error');
});

afterEach(() => {
  explorer?.destroy();
  explorer = undefined;
  expect(place.childNodes).toHaveLength(0);
  place.remove();
  expect(console.warn).not.toHaveBeenCalled();
  expect(console.error).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

async function mount(options: MountExplorerOptions = {}, shown = model): Promise<Explorer> {
  explorer = mountExplorer(place, shown, options);
  await explorer.update(options.img ?? digit);
  return explorer;
}

const find = <Found extends HTMLElement = HTMLElement>(selector: string) =>
  place.querySelector<Found>(selector)!;
const layer = (index: number) => place.querySelectorAll<HTMLElement>('.layerscope-layer')[index]!;
const tiles = (index: number) => [...layer(index).querySelectorAll<HTMLElement>('.layerscope-tiles button')];
const textOf = (selector: string) => find(selector).textContent;

/** Points at a value: the middle of its square. */
async function hover(layerIndex: number, tile: number, row: number, column: number): Promise<void> {
  const [, height, width] = activations[layerIndex]!.shape as [number, number, number];
  const button = tiles(layerIndex)[tile]!;
  button.scrollIntoView({ block: 'center' });
  const box = button.getBoundingClientRect();
  await userEvent.hover(button, {
    position: { x: ((column + 0.5) / width) * box.width, y: ((row + 0.5) / height) * box.height },
    force: true,
  } as never);
}

function valueAt({ shape, data }: Activation, row: number, column: number, channel: number): number {
  const [, , width, channels] = shape as [number, number, number, number];
  return data[(row * width + column) * channels + channel]!;
}

describe('mountExplorer', () => {
  it('shows the maps in the colours of the figure, the layers in order, and what they are', async () => {
    await mount();
    expect([...place.querySelectorAll('.layerscope-layer h2')].map((heading) => heading.textContent)).toEqual(
      ['conv1 Conv2D · 26 × 26 × 16 · 160 parameters', 'conv2 Conv2D · 11 × 11 × 32 · 4,640 parameters'],
    );
    activations.forEach((activation, index) => {
      const figure = createFigure(activation);
      const canvas = layer(index).querySelector('canvas')!;
      const box = canvas.getBoundingClientRect();
      const pixels = canvas.getContext('2d')!;
      tiles(index).forEach((button, channel) => {
        const tile = figure.tiles[channel]!;
        const at = button.getBoundingClientRect();
        for (const cell of [0, 57, tile.indices.length - 1]) {
          const [row, column] = [Math.floor(cell / tile.width), cell % tile.width];
          const x = at.x - box.x + ((column + 0.5) / tile.width) * at.width;
          const y = at.y - box.y + ((row + 0.5) / tile.height) * at.height;
          const scale = canvas.width / box.width;
          const color = pixels.getImageData(Math.floor(x * scale), Math.floor(y * scale), 1, 1).data;
          const index = tile.indices[cell]!;
          expect([...color]).toEqual([...figure.colormap.rgba.slice(index * 4, index * 4 + 4)]);
        }
      });
    });
  });

  it('reads the value, the place and the receptive field of what is pointed at', async () => {
    await mount();
    await hover(1, 5, 0, 10);
    expect(textOf('.layerscope-place')).toBe('conv2 · map 5 · row 0, column 10');
    expect(Number(textOf('.layerscope-value'))).toBeCloseTo(valueAt(activations[1]!, 0, 10, 5), 3);
    expect(textOf('.layerscope-sight .layerscope-quiet')).toBe('sees rows 0–7, columns 20–27 of the input');
    const marks = find<HTMLCanvasElement>('.layerscope-marks');
    const scale = marks.width / 28;
    const marked = (row: number, column: number) =>
      marks.getContext('2d')!.getImageData((column + 0.5) * scale, (row + 0.5) * scale, 1, 1).data[3]! > 0;
    for (let row = 0; row < 28; row++) {
      for (let column = 0; column < 28; column++) {
        expect(marked(row, column)).toBe(row <= 7 && column >= 20);
      }
    }
  });

  it('shows the picture as it is, and the values that the network got of it', async () => {
    const pixels = () => {
      const canvas = find<HTMLCanvasElement>('.layerscope-pixels');
      return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
    };
    await mount();
    const plain = pixels();
    explorer!.destroy();
    await mount({ preprocess: { scale: 1, invert: true } });
    expect(pixels()).toEqual(plain);
    const root = find('.layerscope-input');
    await userEvent.hover(root, { position: { x: 1, y: 1 }, force: true } as never);
    expect(textOf('.layerscope-value')).toBe('255');
    await expect(explorer!.update(digit)).resolves.toBeUndefined();
    explorer!.destroy();
    explorer = mountExplorer(place, model, { preprocess: 'torch' });
    await expect(explorer.update(digit)).rejects.toThrow(
      "preprocess: expected a network that takes 3 channels for 'torch', got one that takes 1",
    );
    expect(textOf('.layerscope-message')).toContain('preprocess: expected a network that takes 3 channels');
  });

  it('reads what the network got at a pixel of the input', async () => {
    await mount();
    const root = find('.layerscope-input');
    const { width, height } = root.getBoundingClientRect();
    const [row, column] = [13, 14];
    await userEvent.hover(root, {
      position: { x: ((column + 0.5) / 28) * width, y: ((row + 0.5) / 28) * height },
    } as never);
    expect(textOf('.layerscope-place')).toBe('input · row 13, column 14');
    expect(Number(textOf('.layerscope-value'))).toBeCloseTo(digit.data[row * 28 + column]! / 255, 3);
  });

  it('opens a map on click, goes on by arrow keys, and closes by Escape', async () => {
    await mount();
    await userEvent.click(tiles(0)[2]!);
    const detail = find('.layerscope-detail');
    expect(detail.hidden).toBe(false);
    expect(detail.querySelector('h3')!.textContent).toBe('conv1, map 2 of 16');
    expect(tiles(0)[2]!.getAttribute('aria-pressed')).toBe('true');
    const { min, max } = createFigure(activations[0]!).tiles[2]!;
    const bar = [...detail.querySelectorAll('.layerscope-bar')][0]!;
    expect([...bar.querySelectorAll('span')].map((end) => Number(end.textContent))).toEqual([
      Number(min.toPrecision(4)),
      Number(max.toPrecision(4)),
    ]);
    expect(detail.textContent).toContain('Kernel, 3 × 3');

    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    expect(detail.querySelector('h3')!.textContent).toBe('conv1, map 11 of 16');
    await userEvent.click(detail.querySelector('[aria-label="Previous map"]')!);
    expect(detail.querySelector('h3')!.textContent).toBe('conv1, map 10 of 16');
    await userEvent.keyboard('{Escape}');
    expect(detail.hidden).toBe(true);
    expect(document.activeElement).toBe(tiles(0)[10]);
  });

  it('can be used by the keyboard alone', async () => {
    await mount();
    find('select').focus();
    await userEvent.keyboard('{Tab}{Tab}');
    expect(document.activeElement).toBe(tiles(0)[0]);
    await userEvent.keyboard('{ArrowRight}{Enter}');
    expect(textOf('.layerscope-detail h3')).toBe('conv1, map 1 of 16');
    // Out of the maps into the details: previous, next, close, the large map.
    await userEvent.keyboard('{Tab}{Tab}{Tab}{Tab}');
    expect(document.activeElement).toBe(find('.layerscope-large'));
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
    expect(textOf('.layerscope-place')).toBe('conv1 · map 1 · row 2, column 1');
    expect(textOf('.layerscope-unseen')).toContain('row 2, column 1');
    expect(Number(textOf('.layerscope-value'))).toBeCloseTo(valueAt(activations[0]!, 2, 1, 1), 3);
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(tiles(0)[1]);
    // One stop for each layer, whatever the number of its maps.
    await userEvent.keyboard('{Tab}');
    expect(document.activeElement).toBe(tiles(1)[0]);
  });

  it('scales and sorts, and says which maps of how many are shown', async () => {
    await mount({ maps: 5 });
    const caption = () => layer(0).querySelector('p')!.textContent;
    expect(caption()).toContain('5 of 16 maps, by number · colours by each map’s own range');
    const [scale, order] = [...place.querySelectorAll('select')] as [HTMLSelectElement, HTMLSelectElement];

    await userEvent.selectOptions(order, 'maximum');
    expect(caption()).toContain('5 of 16 maps, by maximum');
    const maxima = createFigure(activations[0]!).tiles.map(({ max, channel }) => ({ max, channel }));
    maxima.sort((one, other) => other.max - one.max);
    expect(tiles(0).map(({ textContent }) => Number.parseInt(textContent, 10))).toEqual(
      maxima.slice(0, 5).map(({ channel }) => channel),
    );

    await userEvent.selectOptions(scale, 'layer');
    const [, highest] = createFigure(activations[0]!, { scaling: 'layer' }).domain!;
    expect(caption()).toContain(`colours from 0 to ${Number(highest.toPrecision(4))}`);

    await userEvent.selectOptions(scale, 'fixed');
    const [from, to] = [...place.querySelectorAll('input')] as [HTMLInputElement, HTMLInputElement];
    await userEvent.fill(to, '0.25');
    expect(caption()).toContain('colours from 0 to 0.25');
    await userEvent.fill(from, '0.5');
    expect(textOf('.layerscope-problem')).toBe('“from” must be below “to”');
    expect(caption()).toContain('colours from 0 to 0.25');

    await userEvent.click(layer(0).querySelector('.layerscope-button')!);
    expect(caption()).toContain('16 of 16 maps');
    expect(tiles(0)).toHaveLength(16);
  });

  it('shows what the network puts out, the best first named', async () => {
    await mount({ classNames: ['zero', 'one', 'two', 'three'] });
    const best = find('.layerscope-output [data-best]');
    expect(best.textContent).toMatch(/^three\d+\.\d %$/);
    expect(place.querySelectorAll('.layerscope-output li')).toHaveLength(10);
    await explorer!.update(drawDigit(7));
    expect(find('.layerscope-output [data-best]').textContent).toMatch(/^7/);
  });

  it('draws in the next frame, and of several images the last', async () => {
    await mount();
    const frames = vi.spyOn(window, 'requestAnimationFrame');
    const updates = [1, 2, 8].map((number) => explorer!.update(drawDigit(number)));
    await Promise.all(updates);
    expect(frames).toHaveBeenCalledTimes(1);
    expect(find('.layerscope-output [data-best]').textContent).toMatch(/^8/);
  });

  it('goes through the network again where the weights have changed', async () => {
    const copy = await loadArticleCnn();
    await mount({}, copy);
    expect(textOf('.layerscope-layer p')).not.toContain('dead');
    await userEvent.click(tiles(0)[0]!);
    const kernelEnd = () => Number([...place.querySelectorAll('.layerscope-bar span')].at(-1)!.textContent);
    const before = kernelEnd();
    tidy(() => copy.layers[0]!.setWeights(copy.layers[0]!.getWeights().map((weight) => mul(weight, 2))));
    await explorer!.update();
    expect(kernelEnd()).toBeCloseTo(2 * before, 3);
    tidy(() => copy.layers[0]!.setWeights(copy.layers[0]!.getWeights().map((weight) => mul(weight, 0))));
    await explorer!.update();
    expect(textOf('.layerscope-layer p')).toContain('100 % zeros · 16 dead');
    explorer!.destroy();
    copy.dispose();
  });

  it('marks dead maps and counts them', async () => {
    const dying = await loadArticleCnn();
    const [kernel, bias] = dying.layers[0]!.getWeights();
    const values = bias!.dataSync().slice();
    values[4] = -1000;
    dying.layers[0]!.setWeights([kernel!, tensor1d(values)]);
    await mount({}, dying);
    expect(layer(0).querySelector('p')!.textContent).toMatch(/ · 1 dead$/);
    expect(tiles(0)[4]!.getAttribute('aria-label')).toBe('conv1, map 4, dead: all zero');
    expect(tiles(0)[4]!.hasAttribute('data-dead')).toBe(true);
    explorer!.destroy();
    dying.dispose();
  });

  it.each(['light', 'dark'] as const)('has no violation that axe-core finds, %s', async (theme) => {
    await mount({ theme });
    await userEvent.click(tiles(1)[3]!);
    const { violations } = await axe.run(place);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  });

  it('says what is wrong with an image, and goes on', async () => {
    await mount();
    await expect(explorer!.update(drawDigit(1).data as never)).rejects.toThrow('img: expected');
    expect(find('.layerscope-message').hidden).toBe(false);
    expect(textOf('.layerscope-message')).toContain('img: expected');
    expect(find('.layerscope-output [data-best]').textContent).toMatch(/^3/);
    await explorer!.update(drawDigit(6));
    expect(find('.layerscope-message').hidden).toBe(true);
    expect(find('.layerscope-output [data-best]').textContent).toMatch(/^6/);
  });

  it('says so where an image is too large, or may not be read, and goes on', async () => {
    await mount({ resize: 'antialias' });
    const huge = Object.assign(document.createElement('canvas'), { width: 10_000, height: 10_000 });
    await expect(explorer!.update(huge)).rejects.toThrow('img: expected at most');
    expect(textOf('.layerscope-message')).toContain('got 10000 × 10000');

    // A picture with HTML in it is not read by any page, as one of another origin is not.
    const markup =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject width="9" height="9"/></svg>';
    const foreign = new Image();
    foreign.src = URL.createObjectURL(new Blob([markup], { type: 'image/svg+xml' }));
    await foreign.decode();
    await expect(explorer!.update(foreign)).rejects.toThrow('got one from another origin');
    expect(textOf('.layerscope-message')).toContain('got one from another origin');
    URL.revokeObjectURL(foreign.src);
    await explorer!.update(drawDigit(6));
    expect(find('.layerscope-output [data-best]').textContent).toMatch(/^6/);
  });

  it.each(Object.entries(HOSTILE_NAMES))('takes names for text: %s', async (_, name) => {
    const hostile = sequential({
      layers: [
        layers.conv2d({ inputShape: [8, 8, 1], filters: 2, kernelSize: 3 }),
        layers.flatten(),
        layers.dense({ units: 2, activation: 'softmax' }),
      ],
    });
    // A model that was built with such a name is refused by tfjs; it can be given one all the same.
    hostile.layers[0]!.name = name;
    const classNames = [`<b>bold</b>${name}`, '<script>window.attacked=1</script>'];
    const img = { width: 8, height: 8, data: new Float32Array(64).fill(0.5) };
    await mount({ layers: [name], classNames, img }, hostile);
    expect(textOf('.layerscope-name')).toBe(name);
    expect(place.querySelectorAll('img, b b, script')).toHaveLength(0);
    expect(textOf('.layerscope-output')).toContain('<b>bold</b>');
    const svg = await explorer!.toSvg();
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(parsed.querySelector('parsererror, img, script')).toBeNull();
    expect(parsed.documentElement.textContent).toContain(inXml(name).slice(0, 20));
    expect(Reflect.get(window, 'attacked')).toBeUndefined();
    explorer!.destroy();
    hostile.dispose();
  });

  it('shows layers that put out no image as one map', async () => {
    await mount({ layers: ['flatten', 'dense'] });
    expect(layer(0).querySelector('h2')!.textContent).toBe('flatten Flatten · 1 × 800 × 1 · 0 parameters');
    expect(layer(1).querySelector('p')!.textContent).toContain('1 of 1 maps');
  });

  it('saves what is shown', async () => {
    await mount({ maps: 3 });
    const svg = await explorer!.toSvg();
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.querySelectorAll('image')).toHaveLength(3);
    expect(parsed.documentElement.textContent).toContain('3 of 16 maps, by number');
    const png = await explorer!.toPng();
    const bitmap = await createImageBitmap(new Blob([png], { type: 'image/png' }));
    expect([bitmap.width, bitmap.height]).toEqual([
      Number(parsed.documentElement.getAttribute('width')),
      Number(parsed.documentElement.getAttribute('height')),
    ]);
    // The colours are exact: the first square of map 0 of conv1.
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const image = parsed.querySelectorAll('image')[1]!;
    const [x, y] = [Number(image.getAttribute('x')), Number(image.getAttribute('y'))];
    const {
      tiles: [tile],
      colormap,
    } = createFigure(activations[0]!);
    const color = [...colormap.rgba.slice(tile!.indices[0]! * 4, tile!.indices[0]! * 4 + 4)];
    expect([...context.getImageData(x + 2, y + 2, 1, 1).data]).toEqual(color);
  });

  it('has nothing to save before an image', async () => {
    explorer = mountExplorer(place, model);
    await expect(explorer.toSvg()).rejects.toThrow('expected an image to have been shown');
    await expect(explorer.update()).rejects.toThrow('img: expected an image, since none has been shown yet');
  });

  it('leaves nothing behind', async () => {
    const sheets = document.adoptedStyleSheets.length;
    const nodes = document.querySelectorAll('*').length;
    const { numTensors } = memory();
    await mount();
    await userEvent.click(tiles(0)[0]!);
    const pending = explorer!.update(drawDigit(5));
    explorer!.destroy();
    explorer!.destroy();
    await pending;
    expect(document.adoptedStyleSheets).toHaveLength(sheets);
    expect(document.querySelectorAll('*')).toHaveLength(nodes);
    expect(memory().numTensors).toBe(numTensors);
    await expect(explorer!.update(digit)).rejects.toThrow('expected a live explorer');
    expect(model.layers[0]!.getWeights()[0]!.isDisposed).toBe(false);
  });

  it('stands in a shadow root with its style', async () => {
    const shadow = place.attachShadow({ mode: 'open' });
    const inside = document.createElement('div');
    shadow.append(inside);
    const shown = mountExplorer(inside, model, { img: digit });
    await shown.update();
    expect(shadow.adoptedStyleSheets).toHaveLength(1);
    expect(getComputedStyle(inside.querySelector('.layerscope-frame')!).display).toBe('grid');
    shown.destroy();
    expect(shadow.adoptedStyleSheets).toHaveLength(0);
  });

  it('grows by nothing in 10,000 updates', { timeout: 240_000 }, async () => {
    // As fast as it goes: frames would take three minutes.
    vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) => {
      queueMicrotask(() => callback(performance.now()));
      return 0;
    });
    await mount();
    await userEvent.click(tiles(0)[1]!);
    const digits = Array.from({ length: 10 }, (_, number) => drawDigit(number));
    const run = async (count: number) => {
      for (let index = 0; index < count; index++) await explorer!.update(digits[index % 10]!);
    };
    const measure = async () => {
      await CHROMIUM().send('HeapProfiler.collectGarbage');
      const { usedSize } = (await CHROMIUM().send('Runtime.getHeapUsage')) as { usedSize: number };
      return { usedSize, tensors: memory().numTensors, nodes: place.querySelectorAll('*').length };
    };
    await run(500);
    const before = await measure();
    await run(10_000);
    const after = await measure();
    expect(after.tensors).toBe(before.tensors);
    expect(after.nodes).toBe(before.nodes);
    // A kilobyte for each update would be ten megabytes.
    expect(after.usedSize - before.usedSize).toBeLessThan(1_500_000);
  });

  it.each([
    [{ columns: 0 }, 'columns: expected a whole number of at least 1, got 0'],
    [{ maps: 1.5 }, 'maps: expected a whole number of at least 1, got 1.5'],
    [{ sort: 'min' }, "sort: expected one of 'index', 'maximum', 'mean', 'zeros', got \"min\""],
    [{ scaling: 'all' }, "scaling: expected 'map', 'layer' or a range [lowest, highest], got \"all\""],
    [{ theme: 'blue' }, "theme: expected one of 'auto', 'light', 'dark', got \"blue\""],
    [{ classNames: 'cat' }, 'classNames: expected an array of strings, got "cat"'],
    [{ layers: 'nothing' }, 'layers: expected to match a layer, got a name containing "nothing"'],
    [null, 'options: expected an object, got null'],
    [{ img: 5 }, 'img: expected a tensor, { width, height, data }'],
    [{ colormap: {} }, 'colormap: expected { name, rgba }'],
    [{ resize: 'x' }, 'resize: expected true, false or \'antialias\', got "x"'],
    [{ imageBackground: 'x' }, 'imageBackground: expected a colour'],
    [{ preprocess: { scal: 1 } }, 'preprocess.scal: unknown option; did you mean preprocess.scale?'],
    [{ layer: 'conv1' }, 'layer: unknown option; did you mean layers?'],
  ])('refuses %j and leaves the page as it was', (options, message) => {
    const sheets = document.adoptedStyleSheets.length;
    expect(() => mountExplorer(place, model, options as never)).toThrow(message);
    expect(place.childNodes).toHaveLength(0);
    expect(document.adoptedStyleSheets).toHaveLength(sheets);
  });

  it('refuses what is no element and what is no model', () => {
    expect(() => mountExplorer('#here' as never, model)).toThrow(
      'element: expected an element of a page, got "#here"',
    );
    expect(() => mountExplorer(null as never, model)).toThrow(
      'element: expected an element of a page, got null',
    );
    expect(() => mountExplorer(place, {} as never)).toThrow('model: expected a layers model');
  });
});
