import { describe, expect, it } from 'vitest';
import { findSvgFault } from '../../../src/image/files/findSvgFault';

const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${content}</svg>`;
const nested = (levels: number) => svg(`${'<g>'.repeat(levels)}<rect/>${'</g>'.repeat(levels)}`);
const TOO_DEEP = 'whose elements nest or refer to each other more than 256 deep';

describe('findSvgFault', () => {
  it.each([
    ['a shape', svg('<rect width="3" height="3"/>')],
    ['200 levels', nested(200)],
    ['comments and text with brackets', svg('<!-- <g><g> --><text>a</text><![CDATA[<g><g>]]>')],
    ['a bracket in an attribute', svg('<g id="a>b<g>"><rect/></g>').repeat(300)],
    ['300 siblings with ids', svg('<g id="a"><rect/></g>'.repeat(300))],
    ['a gradient used 1,000 times', svg(`<linearGradient id="a"/>${'<rect fill="url(#a)"/>'.repeat(1000)}`)],
    ['a link to what it is in', svg('<g id="a"><a href="#a"/></g>')],
    ['an end too many', `${svg('')}</g></g>`],
    ['nothing', ''],
    ['a tag without an end', '<svg width="'],
  ])('finds nothing wrong with %s', (_, text) => {
    expect(findSvgFault(text)).toBeUndefined();
  });

  it.each([300, 100_000])('finds %i levels', (levels) => {
    expect(findSvgFault(nested(levels))).toBe(TOO_DEEP);
  });

  it('finds circles', () => {
    expect(findSvgFault(svg('<g id="a"><use href="#a"/></g>'))).toBe(TOO_DEEP);
    expect(
      findSvgFault(svg('<g id="a"><use xlink:href="#b"/></g><g id="b"><rect fill="url(\'#a\')"/></g>')),
    ).toBe(TOO_DEEP);
  });

  it('finds a chain of 10,000 references', () => {
    const links = Array.from({ length: 10_000 }, (_, at) => `<g id="a${at}"><use href="#a${at + 1}"/></g>`);
    expect(findSvgFault(svg(links.join('')))).toBe(TOO_DEEP);
  });

  it('finds what is drawn a million times', () => {
    const uses = (of: number) => `<g id="a${of + 1}">${`<use href="#a${of}"/>`.repeat(10)}</g>`;
    const parts = [0, 1, 2, 3, 4, 5, 6, 7].map(uses).join('');
    // Each group once where it stands, and the last of them 10⁸ times more.
    expect(findSvgFault(svg(`<rect id="a0"/>${parts}`))).toMatch(
      /^which draws \d{9} elements, of 1048576 at the most$/,
    );
    expect(findSvgFault(svg(`<rect id="a0"/>${[0, 1, 2].map(uses).join('')}`))).toBeUndefined();
  });

  it('refuses entities, and more text than any picture has', () => {
    expect(findSvgFault(`<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`)).toBe('which declares entities');
    expect(findSvgFault(svg(' '.repeat(2 ** 24)))).toBe(
      `which has ${2 ** 24 + 67} characters, of ${2 ** 24} at the most`,
    );
  });

  it('takes no longer for attributes of a million characters', () => {
    for (const filling of ['a', ' ', '"\'', "url( 'href = "]) {
      findSvgFault(svg(`<g fill="url(${filling.repeat(1_000_000 / filling.length)})"/>`));
      findSvgFault(`<svg width=${filling.repeat(1_000_000 / filling.length)}>`);
    }
  }, 10_000);
});
