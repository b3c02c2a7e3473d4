import { afterEach, describe, expect, it } from 'vitest';
import { createFigure } from '../../src/figure/createFigure';
import { renderHtml } from '../../src/render/html/renderHtml';
import { renderSvg } from '../../src/render/svg/renderSvg';
import { HOSTILE_NAMES, inXml } from './hostileNames';

const names = Object.entries(HOSTILE_NAMES);
const ELEMENTS =
  /^(?:svg|title|g|rect|image|text|path|defs|linearGradient|stop|line|style|tspan|clipPath|pattern|use)$/;

const place = document.createElement('div');
document.body.append(place);
afterEach(() => {
  place.replaceChildren();
  expect(Reflect.get(window, 'attacked')).toBeUndefined();
});

/** Finds what a name has brought in: elements that are not there otherwise, and what would run. */
function findForeign(root: ParentNode, allowed: RegExp): string[] {
  const found: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    if (!allowed.test(element.localName)) found.push(element.localName);
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || /^\s*javascript:/i.test(value)) found.push(`${element.localName} ${name}`);
    }
  }
  return found;
}

const activationOf = (layerName: string) => ({
  layerName,
  className: layerName,
  shape: [1, 2, 2, 2],
  data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
});

describe.each(names)('a name that is %s', (_, name) => {
  it.each([true, false])('is text in SVG, title: %s', (title) => {
    const svg = renderSvg(createFigure(activationOf(name)), { title, colorBar: true });
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(findForeign(parsed, ELEMENTS)).toEqual([]);
    expect(parsed.documentElement.textContent).toContain(inXml(name).slice(0, 20));
    place.innerHTML = svg;
    expect(findForeign(place, ELEMENTS)).toEqual([]);
  });

  it('is text in a report', () => {
    const activation = activationOf(name);
    const item = { figure: createFigure(activation), activation };
    const layer = { path: name, className: name, outputShape: [1], parameters: 0 };
    const html = renderHtml([item], { title: name, note: name, layers: [layer] });
    const plain = renderHtml([{ ...item, activation: activationOf('conv') }], {
      title: 'conv',
      note: 'conv',
      layers: [{ ...layer, path: 'conv', className: 'conv' }],
    });
    const [page, other] = [html, plain].map((text) => new DOMParser().parseFromString(text, 'text/html'));
    // It has the elements of a page whose names are harmless, and no others.
    const elementsOf = (page: Document) => [...page.querySelectorAll('*')].map(({ localName }) => localName);
    expect(elementsOf(page!)).toEqual(elementsOf(other!));
    expect(findForeign(page!, /^(?!script$)/)).toEqual([]);
    expect(page!.title.length).toBeGreaterThan(0);
  });
});
