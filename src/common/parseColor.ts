import { describeValue } from './errors';

/** A colour as four bytes: red, green, blue, alpha (not premultiplied). */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

const NAMED: ReadonlyMap<string, Rgba> = /* @__PURE__ */ new Map<string, Rgba>([
  ['transparent', [0, 0, 0, 0]],
  ['black', [0, 0, 0, 255]],
  ['white', [255, 255, 255, 255]],
]);

/**
 * Reads a colour: `'#rgb'`, `'#rgba'`, `'#rrggbb'`, `'#rrggbbaa'`, `'rgb(r, g, b)'`, `'rgba(r, g, b, a)'`,
 * `'transparent'`, `'black'` or `'white'`. These are the forms that d3's schemes return, and what a page has at hand.
 *
 * @throws TypeError naming the argument if the text is none of these.
 */
export function parseColor(name: string, color: unknown): Rgba {
  const text = typeof color === 'string' ? color.trim().toLowerCase() : '';
  const rgba = NAMED.get(text) ?? parseHex(text) ?? parseFunction(text);
  if (rgba === undefined) {
    throw new TypeError(
      `${name}: expected a colour such as '#1f77b4', 'rgb(31, 119, 180)', 'white' or 'transparent', got ${describeValue(color)}`,
    );
  }
  return rgba;
}

function parseHex(text: string): Rgba | undefined {
  if (!/^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.test(text)) return undefined;
  const digits = text.length <= 5 ? [...text.slice(1)].map((digit) => digit + digit).join('') : text.slice(1);
  const byte = (offset: number) => Number.parseInt(digits.slice(offset, offset + 2), 16);
  return [byte(0), byte(2), byte(4), digits.length === 8 ? byte(6) : 255];
}

function parseFunction(text: string): Rgba | undefined {
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+))?\s*\)$/.exec(text);
  if (parts === null) return undefined;
  const [red, green, blue] = parts.slice(1, 4).map((part) => Math.round(Number(part)));
  const alpha = Math.round(Number(parts[4] ?? 1) * 255);
  const rgba: Rgba = [red!, green!, blue!, alpha];
  return rgba.every((byte) => byte >= 0 && byte <= 255) ? rgba : undefined;
}
