import type { ImageFileSize } from './measureImage';
import { attributeOf, type SvgTag, scanSvg } from './scanSvg';

/** Pixels of each unit, at 96 of them in an inch; those of fonts by the largest that is common. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
  em: 16,
  rem: 16,
  ex: 16,
};

/**
 * Reads the size that an SVG file says it has, in pixels: by `width` and `height`, or by `viewBox` where they are missing or
 * are shares of it.
 *
 * @returns Sizes of 0 or less, or NaN, where it says something that is none.
 */
export function measureSvg(text: string): ImageFileSize {
  const { value: tag } = scanSvg(text).next();
  if (!tag) return { width: 0, height: 0 };
  const box = (attributeOf(tag, 'viewBox') ?? '').trim().split(/[\s,]+/);
  return { width: lengthOf(tag, 'width', Number(box[2])), height: lengthOf(tag, 'height', Number(box[3])) };
}

function lengthOf(tag: SvgTag, name: string, ofBox: number): number {
  const text = attributeOf(tag, name)?.trim();
  if (text === undefined || text === 'auto') return ofBox;
  const [, digits, unit = ''] = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(%|[a-z]*)$/i.exec(text) ?? [];
  const share = unit === '%' ? ofBox / 100 : UNITS[unit.toLowerCase()];
  return Number(digits) * (share ?? Number.NaN);
}
