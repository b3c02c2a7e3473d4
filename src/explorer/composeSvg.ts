import { escapeXml } from '../render/svg/escapeXml';

/** A picture with words over it, one below the other. */
export interface SvgBlock {
  readonly title: string;
  readonly note: string;
  /** A `data:` address of the pixels, one a value. */
  readonly href: string;
  /** Size in values, and pixels a value. */
  readonly width: number;
  readonly height: number;
  readonly pixelSize: number;
  /** Bars to the right of it. */
  readonly bars?: readonly { readonly name: string; readonly share: number; readonly text: string }[];
}

const MARGIN = 24;
const BAR = { height: 26, width: 220 } as const;

/** Sets pictures one below the other on white, as an SVG document that needs nothing else. */
export function composeSvg(label: string, blocks: readonly SvgBlock[]): string {
  const parts: string[] = [];
  let y = MARGIN;
  let right = 480;
  for (const { title, note, href, width, height, pixelSize, bars = [] } of blocks) {
    parts.push(text(MARGIN, y + 16, 'font-size="17" font-weight="600"', title));
    parts.push(text(MARGIN, y + 36, 'font-size="13" fill="#555"', note));
    y += 48;
    parts.push(
      `<image x="${MARGIN}" y="${y}" width="${width * pixelSize}" height="${height * pixelSize}"` +
        ` preserveAspectRatio="none" style="image-rendering:pixelated" href="${href}"/>`,
    );
    const left = MARGIN * 2 + width * pixelSize;
    const barX = left + Math.max(0, ...bars.map(({ name }) => name.length)) * 8 + 8;
    bars.forEach(({ name, share, text: value }, index) => {
      const top = y + index * BAR.height;
      parts.push(text(barX - 8, top + 16, 'font-size="13" text-anchor="end"', name));
      parts.push(
        `<path fill="#31688e" d="M${barX} ${top + 3}h${(share * BAR.width).toFixed(1)}v18H${barX}z"/>`,
      );
      parts.push(text(barX + share * BAR.width + 6, top + 16, 'font-size="13" fill="#555"', value));
    });
    right = Math.max(
      right,
      left + (bars.length > 0 ? barX - left + BAR.width + 80 : 0),
      MARGIN * 2 + Math.max(title.length * 9, note.length * 7),
    );
    y += Math.max(height * pixelSize, bars.length * BAR.height) + MARGIN;
  }
  const name = escapeXml(label);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${name}" width="${right}" height="${y}"` +
    ` viewBox="0 0 ${right} ${y}" font-family="system-ui, sans-serif"><title>${name}</title>` +
    `<path fill="#fff" d="M0 0h${right}v${y}H0z"/>${parts.join('')}</svg>\n`
  );
}

function text(x: number, y: number, attributes: string, content: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escapeXml(content)}</text>`;
}
